// The bodies of the sandbox's requests, written from the records.
#pragma once

#include <string>
#include <string_view>

#include "dedupe/party.hpp"

namespace contactd::sandbox {

/// Everything that a contact is created with: the fields that the record has.
std::string contact_body(const model::Contact& contact);
/// `contact_id` is the placeholder `{id}`.
std::string address_body(const model::Address& address);
std::string bank_body(const model::Bank& bank);
/// Without a name, the relation is to `{other}`.
std::string relation_body(std::string_view type, std::string_view name);
/// An object with one text.
std::string text_body(std::string_view field, std::string_view value);

}  // namespace contactd::sandbox
