// The one place where Boost.JSON is compiled; the rooms that read JSON include its headers only.
#include <boost/json/src.hpp>
