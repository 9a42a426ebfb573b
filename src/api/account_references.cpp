// Drawing an account reference of a namespace. Contract section 2.
#include "store/references.hpp"

#include "api/actions.hpp"
#include "api/contacts.hpp"

namespace contactd::api {

Plan draw_account_ref(const Call& call) {
  return action<model::Namespace, model::NoFields>(
      call, [](store::WriteSession& session, const model::Namespace& owner, const model::NoFields&) {
        Reply reply{.status = 201};
        reply.body = [reference = store::draw_account_reference(session, owner.audit.id, session.stamps().tick())] {
          std::string body;
          resource::JsonObject(body).text("ref_id", reference);
          return body;
        };
        return reply;
      });
}

}  // namespace contactd::api
