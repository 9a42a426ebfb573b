// What a copy says when it cannot go on: which store it is about, and what to do.
#pragma once

#include <stdexcept>
#include <string>

#include "store/copy_verify.hpp"

namespace contactd::store {

/// Whether an engine refuses a row for what is in it.
bool is_of_a_row(StoreError::Kind kind);

/// A line that says of which store it is.
class CopyFailed : public std::runtime_error {
 public:
  explicit CopyFailed(const std::string& line, bool one_row = false) : std::runtime_error(line), is_of_a_row(one_row) {}
  bool is_of_a_row;  ///< Of which one may not be known yet.
};

/// What an engine said of the store of that name, and what to do about it.
CopyFailed copy_failed(const std::string& name, const StoreError& error);
/// The same of what is said already.
CopyFailed copy_failed(const std::string& name, const std::runtime_error& error);

/// Runs what has to do with the store of that name; what is thrown then says so.
template <class Work>
auto with(const std::string& name, Work&& work) {
  try {
    return work();
  } catch (const CopyFailed&) {
    throw;
  } catch (const CopyDiffers&) {
    throw;  // which is about both
  } catch (const StoreError& error) {
    throw copy_failed(name, error);
  } catch (const std::runtime_error& error) {
    throw copy_failed(name, error);
  }
}

}  // namespace contactd::store
