// Names, labels and references put together.
#include "contacts.hpp"

#include <array>
#include <cstdio>

namespace contactd::bench {
namespace {

constexpr std::array first_names{"Aarav",  "Diya",  "Ishaan", "Kavya",   "Meera",
                                 "Nikhil", "Pooja", "Rohan",  "Sanjana", "Vikram"};
constexpr std::array last_names{"Agarwal", "Bose", "Chatterjee", "Deshmukh", "Fernandes",
                                "Gupta",   "Iyer", "Khan",       "Menon",    "Reddy"};
constexpr std::array all_namespaces{"Retail Lending", "Corporate Lending", "MSME", "Gold Loans", "Microfinance"};
/// Most contacts are in one of them.
constexpr std::array namespaces_of_contacts{"Retail Lending", "Retail Lending", "Retail Lending", "Corporate Lending",
                                            "MSME"};
constexpr std::array tags{R"("kyc-complete")", R"("kyc-complete","salaried")", R"("salaried")", R"("vip")"};
constexpr std::string_view reference_start = R"("ref_id":"B/1/1-)";
constexpr int digits = 8;

std::string padded(std::size_t number, int width) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%0*zu", width, number);
  return text.data();
}

}  // namespace

void make_namespaces(Service& service) {
  for (const char* name : all_namespaces) service.make("/namespaces/", R"({"name":")" + std::string(name) + "\"}");
}

std::string Contacts::next() {
  ++made_;
  std::string body = R"({"name":")";
  body += first_names[number(first_names.size())];
  for (int word = 0; word < 2; ++word) body += std::string(" ") + last_names[number(last_names.size())];
  body += "\"," + std::string(reference_start) + padded(made_, digits) +
          R"(","status":"active","type":"individual","tags":[)" + tags[number(tags.size())];
  body += R"(],"rm_id":"rm-)" + padded(number(100), 3) + R"(","branch_id":"BR)" + padded(number(200), 4);
  body += R"(","namespace":")" + std::string(namespaces_of_contacts[number(namespaces_of_contacts.size())]);
  body += R"(","props":[{"key":"pan_no","type":"text","value":"ABCPK)" + padded(made_ % 10'000, 4) + R"(L"}]})";
  return body;
}

std::size_t place_of_number(const std::string& body) {
  return body.find(reference_start) + reference_start.size();
}

void count_on(std::string& body, std::size_t place) {
  for (std::size_t at = place + digits; at-- > place;) {
    if (body[at]++ != '9') return;
    body[at] = '0';
  }
}

}  // namespace contactd::bench
