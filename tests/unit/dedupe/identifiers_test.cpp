// The kit of normalisers: one spelling for each value, and nothing for what is no value.
#include "dedupe/identifiers.hpp"

#include <gtest/gtest.h>

#include "dedupe/contact_points.hpp"
#include "dedupe/prop_kinds.hpp"

namespace contactd::dedupe {
namespace {

using Found = std::optional<std::string>;

TEST(Identifiers, HaveOneSpelling) {
  EXPECT_EQ(normalised_pan(" abcpk-1234 l "), Found("ABCPK1234L"));
  EXPECT_EQ(holder_kind("ABCPK1234L"), 'P');
  EXPECT_EQ(normalised_gstin("27 aapfu0939f 1zv"), Found("27AAPFU0939F1ZV"));
  EXPECT_EQ(pan_of_gstin("27AAPFU0939F1ZV"), "AAPFU0939F");
  EXPECT_EQ(normalised_aadhaar("2341 2341 2346"), Found("234123412346"));
  EXPECT_EQ(normalised_voter_id("wkh/1186253"), Found("WKH1186253"));
  EXPECT_EQ(normalised_passport("m 1234569"), Found("M1234569"));
  EXPECT_EQ(normalised_driving_licence("MH-02 2010 0012345"), Found("MH0220100012345"));
  EXPECT_EQ(normalised_cin("u72200mh2009plc123456"), Found("U72200MH2009PLC123456"));
  EXPECT_EQ(normalised_cin("AAB-1234"), Found("AAB1234"));
  EXPECT_EQ(normalised_udyam("udyam-mh-19-0012345"), Found("UDYAMMH190012345"));
  EXPECT_EQ(normalised_udyam("MH-19-0012345"), Found("UDYAMMH190012345"));
  EXPECT_EQ(normalised_ifsc("hdfc0001234"), Found("HDFC0001234"));
  EXPECT_EQ(normalised_pincode("560 038"), Found("560038"));
}

TEST(Identifiers, ThatAreNotValidGiveNothing) {
  for (const char* text : {"", "ABCDE1234F", "ABCPK0000L", "ABCPK12345", "ABCP1234L", "ABCPK1234LL", "123254684"}) {
    EXPECT_FALSE(normalised_pan(text)) << text;
  }
  for (const char* text : {"27AAPFU0939F1ZW", "00AAPFU0939F1ZV", "27AAPFU0939F1YV", "AAPFU0939F"}) {
    EXPECT_FALSE(normalised_gstin(text)) << text;
  }
  for (const char* text : {"234123412347", "222222222222", "123412341234", "23412341234"}) {
    EXPECT_FALSE(normalised_aadhaar(text)) << text;
  }
  EXPECT_FALSE(normalised_voter_id("WKH1186263"));
  EXPECT_FALSE(normalised_passport("12345678"));
  EXPECT_FALSE(normalised_passport("A1111111"));
  EXPECT_FALSE(normalised_driving_licence("XX0220100012345"));
  EXPECT_FALSE(normalised_driving_licence("MH0218100012345"));
  EXPECT_FALSE(normalised_cin("X72200MH2009PLC123456"));
  EXPECT_FALSE(normalised_cin("U72200MH2009XYZ123456"));
  EXPECT_FALSE(normalised_udyam("UDYAM-XX-19-0012345"));
  EXPECT_FALSE(normalised_ifsc("HDFC1001234"));
  EXPECT_FALSE(normalised_pincode("060038"));
  EXPECT_FALSE(normalised_pincode("111111"));
}

TEST(ContactPoints, HaveOneSpelling) {
  for (const char* text : {"9812340567", "09812340567", "919812340567", "+91 98123-40567", "0091 9812340567",
                           "+91 (0) 98123 40567", "098123 40567 ext 12"}) {
    EXPECT_EQ(normalised_phone(text), Found("+919812340567")) << text;
  }
  EXPECT_EQ(normalised_phone("(022) 2345-6781"), Found("+912223456781"));
  EXPECT_EQ(normalised_phone("+971 50 123 4567"), Found("+971501234567"));
  for (const char* text : {"", "12345", "9999999999", "1800 123 4567", "+999 123456789", "98123x", "98 12 34 05 6A"}) {
    EXPECT_FALSE(normalised_phone(text)) << text;
  }
  EXPECT_EQ(phones_in("98123 40567 / 022-2345 6781"), (std::vector<std::string>{"+919812340567", "+912223456781"}));

  EXPECT_EQ(normalised_email(" Ramesh.Sharma+loan@GoogleMail.com"), Found("rameshsharma@gmail.com"));
  EXPECT_EQ(normalised_email("mailto:R.Sharma@mail.example"), Found("r.sharma@mail.example"));
  for (const char* text :
       {"", "a@b", "na@na.com", "@mail.example", "a b@mail.example", "a@@mail.example", "a@.example"}) {
    EXPECT_FALSE(normalised_email(text)) << text;
  }

  for (const char* text : {"1980-05-12", "12/05/1980", "12-5-80", "12 May 1980", "12th May 1980", "May 12, 1980",
                           "12051980", "19800512", "1980-05-12T00:00:00Z", "05/13/1980"}) {
    EXPECT_EQ(normalised_date(text), Found(std::string(text) == "05/13/1980" ? "1980-05-13" : "1980-05-12")) << text;
  }
  for (const char* text :
       {"", "1980", "1900-01-01", "31/02/1980", "13/13/1980", "12 Foo 1980", "x", "1 2", "00000000"}) {
    EXPECT_FALSE(normalised_date(text)) << text;
  }
}

TEST(PropKinds, AreKnownInAnyCaseAndSpelling) {
  const std::vector<std::pair<Kind, std::vector<std::string>>> known{
      {Kind::pan,
       {"pan", "pan_no", "PAN No.", "Pan Number", "panNumber", "PAN Card No", "permanent_account_number", "PAN'S",
        "PAN (self)", "pan_of_applicant", "IT PAN", "income_tax_pan", "PAN & TAN", "Applicant's PAN", "my pan", "[PAN]",
        "PANNo"}},
      {Kind::gstin, {"gst", "GSTIN", "gst_no", "GST Number", "gst registration no"}},
      {Kind::phone,
       {"mobile", "phone", "phone_no", "contact number", "alternate mobile", "Mobile2", "Alternate Contact No.",
        "phone no. (home)", "Mobile (own)", "tel (office)", "contactNumber", "contact no. of customer"}},
      {Kind::email, {"email", "e-mail", "Email ID", "official e-mail id"}},
      {Kind::aadhaar,
       {"aadhaar", "aadhar_ref", "uid", "Aadhaar Reference Number", "adhar no", "Aadhaar ref. no. (self)"}},
      {Kind::voter_id, {"voter id", "epic", "EPIC No", "Voter's ID Card", "election card", "Election Card No."}},
      {Kind::passport, {"passport", "passport_no"}},
      {Kind::driving_licence, {"driving licence", "driving_license_no", "dl_no", "DL"}},
      {Kind::cin, {"cin", "CIN No", "Corporate Identity Number", "Company Identification Number", "llpin"}},
      {Kind::udyam, {"udyam", "udyam_registration_no", "udyam reg no", "msme", "MSME reg. no."}},
      {Kind::birth_date, {"dob", "date of birth", "birth date", "DateOfBirth"}},
      {Kind::father_name, {"father name", "Father's Name", "fathers_name"}}};
  for (const auto& [kind, keys] : known) {
    for (const std::string& key : keys) EXPECT_EQ(kind_of_key(key), kind) << key;
  }
  for (const char* key : {"",
                          "no",
                          "photo",
                          "contact_id",
                          "father mobile",
                          "nominee pan",
                          "company",
                          "name on pan",
                          "2",
                          "director pan",
                          "Directors' PAN",
                          "father's mobile",
                          "Mother PAN",
                          "spouse_aadhaar",
                          "husband pan",
                          "wife mobile",
                          "Guarantor (PAN)",
                          "co-applicant pan",
                          "coApplicantPan",
                          "reference mobile",
                          "mobile of reference",
                          "partner pan",
                          "income tax",
                          "home",
                          "contact code",
                          "customer id"}) {
    EXPECT_FALSE(kind_of_key(key)) << key;
  }
}

}  // namespace
}  // namespace contactd::dedupe
