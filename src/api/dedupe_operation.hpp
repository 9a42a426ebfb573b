// What the search for duplicates takes and gives.
#pragma once

#include "api/dedupe.hpp"
#include "api/operations.hpp"

namespace contactd::api {

std::string dedupe_request_text(Components& components);
std::string dedupe_request_example();
std::string duplicates_text(Components& components);

inline constexpr Operation finds_duplicates{
    .endpoint = find_duplicates,
    .description =
        "Search before create: who is known already and might be the same. Send any part of what would be "
        "created, or the id of a contact that is there (it is left out of the answer). `namespace` and "
        "`type` narrow the search. It only reads.",
    .successes = {{{200,
                    "Those that might be the same, the likeliest first.",
                    {{"duplicate", "List", duplicates_text}, duplicates_example}}}},
    .body = {{"dedupe", "Request", dedupe_request_text}, dedupe_request_example},
    .problems = {"nothing_to_compare"},
};

}  // namespace contactd::api
