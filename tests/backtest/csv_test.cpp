// The table reader: quotes, marks and line ends of every kind, and limits.
#include <gtest/gtest.h>

#include <string>

#include "engine/analysis/csv.hpp"
#include "engine/core/check.hpp"

namespace parley {
namespace {

std::string complaint(const std::string& text, const CsvLimits& limits = {}) {
  try {
    CsvTable::parse(text, "t.csv", limits);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Csv, ReadsQuotesMarksAndLineEnds) {
  const CsvTable table = CsvTable::parse(
      "\xef\xbb\xbf# note\r\n name , \"a,\"\"b\"\"\" ,c\r\n\r\n x ,\"1\n2\", +3.5\r\n#no\r\ny,,.\n", "t.csv");
  ASSERT_EQ(table.rows(), 2u);
  EXPECT_EQ(table.header(), (std::vector<std::string>{"name", "a,\"b\"", "c"}));
  EXPECT_EQ(table.text(0, 0), "x");
  EXPECT_EQ(table.text(0, 1), "1\n2");
  EXPECT_EQ(table.number(0, 2), 3.5);
  EXPECT_TRUE(table.missing(1, 1));
  EXPECT_TRUE(table.missing(1, 2));
  EXPECT_EQ(table.place(0, 2).line, 5u);
  EXPECT_EQ(table.place(1, 0).line, 7u);
  EXPECT_EQ(table.find("NAME"), std::size_t{0});
}

TEST(Csv, TheSeparatorIsTheHeaders) {
  EXPECT_EQ(CsvTable::parse("a\tb,c\n1\t2,5\n", "t").text(0, 1), "2,5");
  EXPECT_EQ(CsvTable::parse("a;b\n1,5;2\n", "t").text(0, 0), "1,5");
  EXPECT_EQ(CsvTable::parse("a\n1\n", "t").columns(), 1u);
}

TEST(Csv, NumbersAreChecked) {
  const CsvTable table = CsvTable::parse("a;b;c;d;e\n1,5;1e999;inf;--1;0x10\n", "t.csv");
  for (std::size_t column = 0; column < 5; ++column) EXPECT_THROW(table.number(0, column), InputError) << column;
  try {
    table.number(0, 0);
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()),
              "t.csv:2:1: \"1,5\" in column \"a\" is not a number (a decimal comma?). Write a decimal point.");
  }
}

TEST(Csv, LimitsHoldBeforeAnythingIsRead) {
  EXPECT_NE(complaint("a,b\n1,2\n", {.bytes = 5}).find("larger than 5 bytes"), std::string::npos);
  EXPECT_NE(complaint("a,b\n1,2\n", {.cells = 3}).find("t.csv:2:1: has more than 3 cells"), std::string::npos);
  EXPECT_NE(complaint("a,b\n1,2\n", {.columns = 1}).find("more than 1 columns"), std::string::npos);
  EXPECT_NE(complaint("a,b\n1,222\n", {.field_bytes = 2}).find("t.csv:2:3"), std::string::npos);
}

TEST(Csv, MistakesHaveTheirPlace) {
  EXPECT_EQ(complaint("a,b\n1\n").rfind("t.csv:2:1: has 1 fields where the header has 2", 0), 0u);
  EXPECT_EQ(complaint("a,b\n1,2,3\n").rfind("t.csv:2:5: has more fields", 0), 0u);
  EXPECT_EQ(complaint("a,b\n1,\"2\n\n").rfind("t.csv:2:3: has a quote that is never closed", 0), 0u);
  EXPECT_EQ(complaint("a,b\n\"1\"x,2\n").rfind("t.csv:2:4: has text after a closing quote", 0), 0u);
  EXPECT_EQ(complaint("a,A\n").rfind("t.csv:1:3: the column \"A\" is there twice", 0), 0u);
  EXPECT_EQ(complaint(std::string("a\0b", 3)).rfind("t.csv: holds a zero byte", 0), 0u);
}

}  // namespace
}  // namespace parley
