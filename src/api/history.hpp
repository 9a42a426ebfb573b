// What the history of a contact can be asked for.
#pragma once

#include "api/list.hpp"

namespace contactd::api {

ListOffer history_offer(const std::string& contact_id);

}  // namespace contactd::api
