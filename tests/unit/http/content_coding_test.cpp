// Who takes gzip, and who does not.
#include "http/content_coding.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace contactd::http {
namespace {

bool accepted(std::initializer_list<std::string_view> values) {
  Request request;
  for (const std::string_view value : values) request.headers.push_back({"accept-Encoding", value});
  return accepts_gzip(request);
}

TEST(ContentCoding, GzipIsTakenWhereItIsNamed) {
  for (const std::string_view value : {"gzip", "GZip", "x-gzip", "deflate, gzip, br", "gzip;q=1", "gzip ; Q=0.001",
                                       "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "*;q=0.5", "identity;q=0, *"}) {
    EXPECT_TRUE(accepted({value})) << value;
  }
  EXPECT_TRUE(accepted({"br", "gzip"}));
}

TEST(ContentCoding, OtherwisePlainTextIsSent) {
  for (const std::string_view value : {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *",
                                       "*, gzip;q=0", "gzip;level=9", "gzip;q", "gzip2", "notgzip"}) {
    EXPECT_FALSE(accepted({value})) << value;
  }
  EXPECT_FALSE(accepted({}));
}

}  // namespace
}  // namespace contactd::http
