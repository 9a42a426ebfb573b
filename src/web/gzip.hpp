// Compressing and decompressing whole texts (RFC 1952).
#pragma once

#include <string>
#include <string_view>

namespace contactd::web {

std::string gzip(std::string_view plain);

/// Throws std::runtime_error when the bytes are no whole gzip member.
std::string gunzip(std::string_view compressed);

}  // namespace contactd::web
