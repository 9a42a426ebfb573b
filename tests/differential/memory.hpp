// What a sequence has made so far, by the names under which its steps have kept it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dice.hpp"

namespace contactd::differential {

/// One tenant's.
struct Estate {
  std::map<std::string, std::vector<std::string>, std::less<>> live = {};  ///< `{id7}`, by table.
  std::map<std::string, std::vector<std::string>, std::less<>> gone = {};
  std::vector<std::string> props = {};  ///< Ids of properties.
};

/// How a body or a parameter is made: for whom, and of what there is.
struct Memory {
  Estate estates[2] = {};
  int tenant = 0;                                                          ///< Whose request is being made.
  std::map<std::string, std::vector<std::string>, std::less<>> tags = {};  ///< `{etag7}`, by the resource's id.
  std::vector<std::string> times = {};                                     ///< `{at7}`
  std::vector<std::string> bodies = {};                                    ///< `{body7}`, of single resources.
  std::vector<std::string> cursors = {};                                   ///< `{cursor7}`

  Estate& own() { return estates[tenant]; }
  Estate& other() { return estates[1 - tenant]; }
};

/// An id of that table: mostly one that is there, and now and then one that is not, or not here, or no id.
std::string id_of(std::string_view table, Dice& dice, Memory& memory);

}  // namespace contactd::differential
