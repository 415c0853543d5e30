// Tables of polls and questions: what is read, and that every mistake is named with its file, line and column.
#include <gtest/gtest.h>

#include "engine/analysis/csv.hpp"
#include "engine/analysis/poll_table.hpp"

namespace parley {
namespace {

const std::string questions = "question_id,public,question,direction,measures,land,shield\nq_mood,north,Deal?,1,mood,0.2,\nq_land,north,Land?,-1,package,,0.7\nq_series,north,When?,0,,,\n";
const std::string header = "organisation,wave,start,end,n,n_total,public,country,question_id,share_support,share_oppose,share_undecided,share_other,value_kind\n";

PollData read(const std::string& rows, const std::string& head = header) {
  return polls_in({CsvTable::parse(head + rows, "p.csv"), CsvTable::parse(questions, "q.csv")});
}
std::string message(const std::string& rows, const std::string& head = header) {
  try {
    read(rows, head);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}
void expect_message(const std::string& rows, const std::string& place, const std::string& part) {
  const std::string said = message(rows);
  EXPECT_EQ(said.rfind(place, 0), 0u) << said;
  EXPECT_NE(said.find(part), std::string::npos) << said;
}

TEST(PollTables, AWaveIsReadWithItsQuestion) {
  const PollData data = read("A,2025-12,2025-12-01,2025-12-10,500,2000,north,,q_land,39.5,54,5,1,stated\n");
  ASSERT_EQ(data.waves.size(), 1u);
  const PollWave& w = data.waves[0];
  EXPECT_EQ(data.questions[w.question].id, "q_land");
  EXPECT_EQ(data.questions[w.question].direction, -1);
  EXPECT_EQ(data.questions[w.question].measures, Measures::package);
  EXPECT_EQ(data.questions[w.question].speaks_to, (std::vector<std::pair<std::string, double>>{{"shield", 0.7}}));
  EXPECT_DOUBLE_EQ(*w.support, 0.395);
  EXPECT_DOUBLE_EQ(*w.undecided, 0.05);
  EXPECT_EQ(*w.n, 500);
  EXPECT_EQ(*w.n_total, 2000);
  EXPECT_TRUE(w.exact);
  EXPECT_EQ(date_text(w.first), "2025-12-01");
  EXPECT_EQ(date_text(w.day()), "2025-12-05");
}

TEST(PollTables, WhatIsNotKnownOfADateStaysASpan) {
  const PollData data = read("A,2024-02,,,,,,,q_mood,40,,,,\nA,2023,,,,,,,q_mood,40,,,,\nA,2024-02,,2024-02-09,,,,,q_mood,40,,,,\n");
  ASSERT_EQ(data.waves.size(), 3u);
  EXPECT_EQ(date_text(data.waves[0].first) + date_text(data.waves[0].last), "2024-02-012024-02-29");
  EXPECT_FALSE(data.waves[0].exact);
  EXPECT_EQ(date_text(data.waves[1].first) + date_text(data.waves[1].last), "2023-01-012023-12-31");
  EXPECT_EQ(date_text(data.waves[2].day()), "2024-02-09");
  EXPECT_TRUE(data.waves[2].exact);
}

TEST(PollTables, DatesGoThereAndBack) {
  for (int day = -7000; day < 47000; day += 37) EXPECT_EQ(day_of(date_text(day)), day);
  EXPECT_EQ(*day_of("1970-01-01"), 0);
  EXPECT_EQ(*day_of("2026-01-31"), 20484);
  for (const char* none : {"", "2025", "2025-13-01", "2025-02-29", "2025-1-01", "2025-01-32", "2025/01/01", "x025-01-01", "2025-01-0x", "1949-01-01", "2025-01-011"}) EXPECT_FALSE(day_of(none)) << none;
  EXPECT_TRUE(day_of("2024-02-29"));
}

TEST(PollTables, RowsWithoutSharesOrDatesAreCountedAndLeftOut) {
  const PollData data = read("A,2025-12,,,,,,,q_mood,,,,,text\nA,2025-12,,,,,,,q_mood,40,,,,net\nA,,,,,,,,q_mood,40,,,,\nA,2025-12,,,,,,,q_mood,,55,,,\n");
  EXPECT_EQ(data.without_shares, 2u);
  EXPECT_EQ(data.without_date, 1u);
  EXPECT_EQ(data.waves.size(), 1u);
}

TEST(PollTables, MistakesAreNamedWithTheirPlace) {
  expect_message("A,2025-12,,,,,,,q_mood,140,,,,\n", "p.csv:2:24: ", "a share lies between 0 and 100");
  expect_message("A,2025-12,,,,,,,q_mood,-1,,,,\n", "p.csv:2:24: ", "a share lies between 0 and 100");
  expect_message("A,2025-12,,,,,,,q_mood,60,50,,,\n", "p.csv:2:24: ", "add up to 110");
  expect_message("A,2025-12,,,,,,,q_mood,many,,,,\n", "p.csv:2:24: ", "");
  expect_message("A,,2025-12-10,2025-12-01,,,,,q_mood,40,,,,\n", "p.csv:2:15: ", "ends before it starts");
  expect_message("A,,2025-02-30,,,,,,q_mood,40,,,,\n", "p.csv:2:4: ", "a day, YYYY-MM-DD, is expected");
  expect_message("A,2024,2021-02-01,2024-02-01,,,,,q_mood,40,,,,\n", "p.csv:2:19: ", "more than 400 days");
  expect_message("A,winter,,,,,,,q_mood,40,,,,\n", "p.csv:2:3: ", "a month, YYYY-MM, or a year");
  expect_message("A,2025-12,,,0,,,,q_mood,40,,,,\n", "p.csv:2:13: ", "no number of people");
  expect_message("A,2025-12,,,10.5,,,,q_mood,40,,,,\n", "p.csv:2:13: ", "no number of people");
  expect_message("A,2025-12,,,500,400,,,q_mood,40,,,,\n", "p.csv:2:17: ", "n_total is smaller than n");
  expect_message("A,2025-12,,,,,,,q_mod,40,,,,\n", "p.csv:2:17: ", "Did you mean q_mood?");
  expect_message("A,2025-12,,,,,south,,q_mood,40,,,,\n", "p.csv:2:15: ", "its question of \"north\"");
  expect_message(",2025-12,,,,,,,q_mood,40,,,,\n", "p.csv:2:1: ", "names no organisation");
  expect_message("# a remark\n\nA,2025-12,,,,,,,q_mood,140,,,,\n", "p.csv:4:24: ", "a share lies between");
  EXPECT_NE(message("A,q_mood,40\n", "organisation,question_id,share_support\n").find("has no date"), std::string::npos);
  EXPECT_NE(message("A,40\n", "organisation,share_support\n").find("question_id"), std::string::npos);
}

TEST(PollTables, MistakesInQuestionsAreNamedWithTheirPlace) {
  const auto said = [](const std::string& row) {
    try {
      polls_in({CsvTable::parse("question_id,public,question,direction,measures,land\n" + row, "q.csv")});
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(said("q,north,Deal?,1,mood,0.2\n"), "no error");
  for (const auto& [row, part] : std::vector<std::pair<std::string, std::string>>{{",north,Deal?,1,mood,0.2\n", "no question_id"},
                                                                                 {"q,north,Deal?,2,mood,0.2\n", "neither 1, 0 nor -1"},
                                                                                 {"q,north,Deal?,1,moods,0.2\n", "mood and package are known"},
                                                                                 {"q,north,Deal?,0,mood,0.2\n", "neither for nor against"},
                                                                                 {"q,north,Deal?,1,mood,1.2\n", "not on the scale"},
                                                                                 {"q,north,Deal?,1,mood,0.2\nq,north,Deal?,1,mood,0.2\n", "described twice"}}) {
    EXPECT_EQ(said(row).rfind("q.csv:", 0), 0u) << said(row);
    EXPECT_NE(said(row).find(part), std::string::npos) << said(row);
  }
}

}  // namespace
}  // namespace parley
