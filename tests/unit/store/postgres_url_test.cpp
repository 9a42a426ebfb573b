// What of a URL may be shown.
#include <gtest/gtest.h>

#include "store/postgres.hpp"

namespace contactd::store {
namespace {

TEST(PostgresUrl, PasswordsAreNotShown) {
  EXPECT_EQ(without_password("postgresql://u:p%40ss@h/d?password=x&sslmode=require"),
            "postgresql://u:***@h/d?password=***&sslmode=require");
  EXPECT_EQ(without_password("--store=postgres://u:secret@h1:1,h2:2/d"), "--store=postgres://u:***@h1:1,h2:2/d");
  EXPECT_EQ(without_password("postgresql://u:se/cr:et@h/d?x=a@b"), "postgresql://u:***@h/d?x=a@b");
  EXPECT_EQ(without_password("a@b postgresql://u:se?cret@h/d"), "a@b postgresql://u:***@h/d");
  EXPECT_EQ(without_password("postgresql://h:5432/d and http://x"), "postgresql://h:5432/d and http://x");
  EXPECT_EQ(without_password("host=h password='x' user=u"), "host=h password=***'x' user=u");
}

}  // namespace
}  // namespace contactd::store
