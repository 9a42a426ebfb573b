// The word lists.
#include "sandbox/regions.hpp"

#include <array>

namespace contactd::sandbox {
namespace {

using std::string_view;

constexpr std::array<string_view, 12> west_men{"Vikram", "Sachin", "Prasad",   "Nilesh",  "Hemant", "Yogesh",
                                               "Anand",  "Milind", "Shantanu", "Bhushan", "Girish", "Sameer"};
constexpr std::array<string_view, 12> west_women{"Vaishali", "Swati",  "Manjiri", "Ashwini", "Sneha",  "Madhuri",
                                                 "Rohini",   "Deepti", "Kalpana", "Shubha",  "Tanuja", "Ujwala"};
constexpr std::array<string_view, 10> west_surnames{"Kulkarni", "Gokhale", "Jadhav", "Shinde", "Pawar",
                                                    "Bhosale",  "Sawant",  "Kadam",  "Patil",  "Naik"};
constexpr std::array<City, 3> west_cities{City{"Pune", "Maharashtra", "27", "MH", "4110"},
                                          City{"Nashik", "Maharashtra", "27", "MH", "4220"},
                                          City{"Mumbai", "Maharashtra", "27", "MH", "4000"}};

constexpr std::array<string_view, 12> north_men{"Deepak", "Rakesh", "Sunil",    "Pankaj", "Manish", "Vinod",
                                                "Ajay",   "Rohit",  "Devendra", "Naresh", "Kapil",  "Shyam"};
constexpr std::array<string_view, 12> north_women{"Sunita", "Rekha", "Pooja", "Neelam", "Shalini", "Kavita",
                                                  "Meena",  "Asha",  "Geeta", "Ritu",   "Anjali",  "Sarita"};
constexpr std::array<string_view, 10> north_surnames{"Sharma", "Verma",  "Agarwal", "Chaudhary", "Mishra",
                                                     "Saxena", "Tiwari", "Yadav",   "Chauhan",   "Rastogi"};
constexpr std::array<City, 3> north_cities{City{"Jaipur", "Rajasthan", "08", "RJ", "3020"},
                                           City{"Lucknow", "Uttar Pradesh", "09", "UP", "2260"},
                                           City{"Indore", "Madhya Pradesh", "23", "MP", "4520"}};

constexpr std::array<string_view, 12> south_men{"Karthik", "Srinivas", "Murali",  "Senthil", "Raghavan", "Balaji",
                                                "Suresh",  "Mohan",    "Krishna", "Harish",  "Prakash",  "Naveen"};
constexpr std::array<string_view, 12> south_women{"Lakshmi", "Meenakshi", "Revathi", "Kamala", "Padma",  "Divya",
                                                  "Shobha",  "Latha",     "Sudha",   "Vidya",  "Indira", "Gayatri"};
constexpr std::array<string_view, 10> south_surnames{"Reddy", "Naidu",  "Iyer",  "Venkataraman", "Pillai",
                                                     "Menon", "Shetty", "Hegde", "Subramanian",  "Rao"};
constexpr std::array<City, 3> south_cities{City{"Chennai", "Tamil Nadu", "33", "TN", "6000"},
                                           City{"Bengaluru", "Karnataka", "29", "KA", "5600"},
                                           City{"Kochi", "Kerala", "32", "KL", "6820"}};

constexpr std::array<string_view, 12> east_men{"Debashish", "Arindam", "Prasenjit", "Subrata", "Tapan",  "Biswajit",
                                               "Kaushik",   "Partha",  "Sourav",    "Dipak",   "Ashish", "Nirmal"};
constexpr std::array<string_view, 12> east_women{"Moushumi", "Sharmila", "Rupa",   "Ananya", "Sutapa",  "Chitra",
                                                 "Jayanti",  "Mitali",   "Piyali", "Shreya", "Bandana", "Kakoli"};
constexpr std::array<string_view, 10> east_surnames{"Banerjee", "Mukherjee", "Ghosh", "Mondal", "Sarkar",
                                                    "Dutta",    "Nayak",     "Sahu",  "Behera", "Chowdhury"};
constexpr std::array<City, 2> east_cities{City{"Kolkata", "West Bengal", "19", "WB", "7000"},
                                          City{"Bhubaneswar", "Odisha", "21", "OD", "7510"}};

constexpr std::array<string_view, 10> deccan_men{"Mohammed", "Imran",  "Faisal", "Salim",   "Yusuf",
                                                 "Arif",     "Nadeem", "Zaheer", "Tanveer", "Wasim"};
constexpr std::array<string_view, 10> deccan_women{"Fatima", "Ayesha",  "Farida", "Zeenat",   "Nasreen",
                                                   "Rubina", "Shabana", "Sana",   "Tabassum", "Yasmin"};
constexpr std::array<string_view, 8> deccan_surnames{"Shaikh", "Ansari", "Qureshi", "Siddiqui",
                                                     "Syed",   "Pathan", "Hussain", "Khan"};
constexpr std::array<City, 2> deccan_cities{City{"Hyderabad", "Telangana", "36", "TS", "5000"},
                                            City{"Aurangabad", "Maharashtra", "27", "MH", "4310"}};

constexpr std::array<string_view, 10> coast_men{"Joseph", "Anthony", "Melvin",  "Rohan", "Francis",
                                                "Thomas", "George",  "Stephen", "Denis", "Alwyn"};
constexpr std::array<string_view, 10> coast_women{"Maria",  "Teresa", "Anita",  "Sharon", "Lorna",
                                                  "Celine", "Flavia", "Juliet", "Rita",   "Philomena"};
constexpr std::array<string_view, 8> coast_surnames{"Fernandes", "D'Souza", "Pereira", "Pinto",
                                                    "Rodrigues", "Mathew",  "Lobo",    "Monteiro"};
constexpr std::array<City, 2> coast_cities{City{"Panaji", "Goa", "30", "GA", "4030"},
                                           City{"Mangaluru", "Karnataka", "29", "KA", "5750"}};

constexpr std::array all_regions{Region{west_men, west_women, west_surnames, west_cities},
                                 Region{north_men, north_women, north_surnames, north_cities},
                                 Region{south_men, south_women, south_surnames, south_cities},
                                 Region{east_men, east_women, east_surnames, east_cities},
                                 Region{deccan_men, deccan_women, deccan_surnames, deccan_cities},
                                 Region{coast_men, coast_women, coast_surnames, coast_cities}};

}  // namespace

std::span<const Region> regions() {
  return all_regions;
}

}  // namespace contactd::sandbox
