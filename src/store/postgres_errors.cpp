// Errors of PostgreSQL (its manual, appendix A) and of libpq's attempts to connect.
#include "store/postgres_errors.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace contactd::store {
namespace {

using Kind = StoreError::Kind;

struct Meaning {
  std::string_view beginning;  ///< Of the SQLSTATE.
  Kind kind;
};

/// The first that fits.
constexpr std::array meanings{
    Meaning{"23505", Kind::conflict},  // unique
    Meaning{"23503", Kind::conflict},  // foreign key
    Meaning{"23", Kind::unfit},        // not null, check
    Meaning{"22", Kind::unfit},        // no text, no number, out of range
    Meaning{"54", Kind::unfit},        // beyond a limit of the server's, as a row that is too large for an index
    Meaning{"40003", Kind::unknown},   // statement completion unknown
    Meaning{"40", Kind::again},        // serialization, deadlock
    Meaning{"25006", Kind::again},     // the server has become a standby: another one may be the primary
    Meaning{"25P03", Kind::again},     // the server has cut the connection, which did nothing for too long
    Meaning{"57P01", Kind::again},     // the server is shut down, or it crashed
    Meaning{"57P02", Kind::again},    Meaning{"57P05", Kind::again}, Meaning{"08", Kind::again},  // connection
    Meaning{"53", Kind::busy},     // memory, connections, disk: the server's, which may find room again
    Meaning{"55P03", Kind::busy},  // a lock was not had in time
    Meaning{"57", Kind::busy},     // cancelled; starting up
};

struct Advice {
  std::string_view in_message;
  std::string_view what_to_do;
};

/// The first that fits: those of roles and databases that are there come before those of any.
constexpr std::array advices{
    Advice{"too many",
           "raise the server's max_connections, the limit of the role or the database, or lower "
           "--database-connections"},
    Advice{"connection slots are reserved", "raise the server's max_connections, or lower --database-connections"},
    Advice{"not permitted to log in", "give the role LOGIN, or name another one in the URL"},
    Advice{"permission denied for database", "GRANT CONNECT ON DATABASE to the role"},
    Advice{"not currently accepting connections", "let it accept connections, or name another one in the URL"},
    Advice{"definition of service", "correct the service's name in the URL, or the service file"},
    Advice{"password authentication failed", "give the right password, in a password file or the URL"},
    Advice{"no password supplied", "give a password, in a password file (~/.pgpass, passfile=…) or the URL"},
    Advice{"no pg_hba.conf entry", "let this machine in with a line in the server's pg_hba.conf"},
    Advice{"database \"", "make the database, owned by the role that makes the schema"},
    Advice{"role \"", "make the role, or name another one in the URL"},
    Advice{"session is read-only", "name the primary, or all hosts of the cluster, in the URL"},
    Advice{"server is in hot standby mode", "name the primary, or all hosts of the cluster, in the URL"},
    Advice{"could not translate host name", "correct the host in the URL"},
    Advice{"Connection refused", "start the server, or correct host and port in the URL"},
    Advice{"No such file or directory", "start the server, or correct the path of its socket in the URL"},
    Advice{"timeout expired", "see whether the host can be reached"},
    Advice{"certificate", "give the right sslrootcert, or a host name that the certificate bears"},
    Advice{"SSL", "correct sslmode in the URL, or the server's TLS settings"},
    Advice{"starting up", "wait until the server has started"},
    Advice{"unsupported startup parameter",
           "the pooler does not pass it on: set it for the role (ALTER ROLE … SET …), not in the URL"},
    Advice{"invalid ", "correct it in the URL"},
};

}  // namespace

Kind kind_of_sqlstate(std::string_view sqlstate) {
  const auto* const found = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& meaning) {
    return sqlstate.starts_with(meaning.beginning);
  });
  return found == meanings.end() ? Kind::other : found->kind;
}

bool ends_connection(std::string_view sqlstate) {
  return sqlstate == "25006" || sqlstate == "25P03" || sqlstate.starts_with("08") || sqlstate.starts_with("57P");
}

bool is_free_of_values(std::string_view sqlstate) {
  return !sqlstate.starts_with("22") && !sqlstate.starts_with("23");
}

std::string advice_for(std::string_view libpq_message) {
  std::string line(libpq_message);
  std::replace(line.begin(), line.end(), '\n', ' ');
  line.erase(line.find_last_not_of(' ') + 1);
  const auto* const found = std::find_if(advices.begin(), advices.end(), [&](const Advice& advice) {
    return line.find(advice.in_message) != std::string::npos;
  });
  return found == advices.end() ? line : line + "; " + std::string(found->what_to_do);
}

}  // namespace contactd::store
