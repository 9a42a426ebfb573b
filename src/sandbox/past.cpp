// A contact's past, step by step. Every step changes something: one that did not would leave no entry in the history,
// and would be taken again by the next run.
#include "sandbox/past.hpp"

#include "sandbox/requests.hpp"

namespace contactd::sandbox {
namespace {

class Past {
 public:
  Past(Random& random, PlannedContact& contact) : random_(random), contact_(contact) {}

  void children() {
    for (const model::Address& address : contact_.record.addresses) {
      by_maker("address", "POST", "/contacts/addresses/", address_body(address));
    }
    for (const model::Bank& bank : contact_.record.banks) {
      by_maker("bank", "POST", "/contacts/banks/", bank_body(bank));
    }
  }
  /// Somebody mistyped the name; the record shows it as it was mistyped, the contact in the end as it should be.
  void corrected_name() {
    model::Contact& contact = contact_.record.contact;
    const std::string right = contact.name;
    contact.name.erase(2, 1);  // a letter of the first name
    by_maker("name", "PATCH", "/contacts/{id}/", text_body("name", right));
  }
  void new_mobile() {
    std::string body = R"({"type":"text","value":")" + make_mobile(random_) + "\"}";
    by_maker("mobile", "PUT", "/contacts/{id}/props/mobile/", std::move(body));
  }
  void missing_document() {
    std::string body = R"({"type":"file","value":"kyc/proofs/)" + random_.digits(6) + ".pdf\"}";
    by_maker("document", "PUT", "/contacts/{id}/props/address_proof/", std::move(body));
  }
  void approve(const char* mark) { by_checker(mark, "/contacts/{id}/approve/", ""); }
  void reject() {
    constexpr const char* reasons[] = {"The photograph does not match the identity proof",
                                       "The PAN belongs to another name",
                                       "The address could not be verified",
                                       "The bank account is closed",
                                       "The same person is there already under another reference",
                                       "The signature is missing on the application"};
    by_checker("reject", "/contacts/{id}/reject/", text_body("reason", random_.one_of(reasons)));
  }
  void set_status(const char* status) { by_maker(status, "PUT", "/contacts/{id}/" + std::string(status) + "/", ""); }

 private:
  void by_maker(const char* mark, const char* method, std::string path, std::string body) {
    contact_.steps.push_back({mark, random_.one_of(makers()), method, std::move(path), std::move(body)});
  }
  void by_checker(const char* mark, const char* path, std::string body) {
    contact_.steps.push_back({mark, random_.one_of(checkers()), "PUT", path, std::move(body)});
  }

  Random& random_;
  PlannedContact& contact_;
};

}  // namespace

Outcome make_outcome(Random& random) {
  const std::size_t drawn = random.below(100);
  if (drawn < 32) return Outcome::pending;
  if (drawn < 68) return Outcome::approved;
  if (drawn < 78) return Outcome::rejected;
  if (drawn < 86) return Outcome::changed_after_approval;
  if (drawn < 93) return Outcome::accepted_later;
  return Outcome::closed;
}

void add_past(Random& random, PlannedContact& contact, const Somebody& who, Outcome outcome) {
  Past past(random, contact);
  past.children();
  if (!who.is_company && outcome != Outcome::pending && random.percent(12)) past.corrected_name();
  if (outcome == Outcome::approved) past.approve("approve");
  if (outcome == Outcome::rejected) past.reject();
  if (outcome == Outcome::changed_after_approval) {
    past.approve("approve");
    past.new_mobile();
  }
  if (outcome == Outcome::accepted_later) {
    past.reject();
    past.missing_document();
    past.approve("approve-later");
    past.set_status("active");
  }
  if (outcome == Outcome::closed) {
    past.approve("approve");
    past.set_status("inactive");
  }
}

}  // namespace contactd::sandbox
