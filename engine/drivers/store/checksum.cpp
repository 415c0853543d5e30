#include "engine/drivers/store/checksum.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <variant>

namespace parley {
namespace {

/// Hashes values so that no two lists of them look alike: each with its length before it.
class Lister {
 public:
  void add(std::span<const std::byte> bytes) {
    add(std::uint64_t{bytes.size()});
    hasher_.add(bytes);
  }
  void add(const std::string& text) { add(std::as_bytes(std::span(text))); }
  void add(std::uint64_t number) { hasher_.add(std::as_bytes(std::span(&number, 1))); }
  std::uint64_t digest() const { return hasher_.digest(); }

 private:
  Hasher hasher_;
};

void add_description(Lister& list, const Column& column) {
  list.add(column.name);
  list.add(static_cast<std::uint64_t>(column.type));
  list.add(std::uint64_t{column.width});
  list.add(column.dimension);
  for (const std::string& position : column.positions) list.add(position);
  list.add(column.unit.empty() ? "1" : column.unit);
  list.add(column.meaning);
  auto labels = column.labels;
  std::sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  for (const auto& [name, value] : labels) {
    list.add(name);
    list.add(std::uint64_t{value});
  }
  list.add(column.missing.value_or(UINT64_MAX));
}

template <typename Named>
std::vector<const Named*> by_name(const std::vector<Named>& all) {
  std::vector<const Named*> sorted;
  for (const Named& each : all) sorted.push_back(&each);
  std::sort(sorted.begin(), sorted.end(), [](const Named* a, const Named* b) { return a->name < b->name; });
  return sorted;
}

}  // namespace

NamedDigest digest_of_facts(Facts facts) {
  Lister list;
  for (const Fact* fact : by_name(facts)) {
    if (fact->name == "checksum" || fact->name == "complete") continue;
    list.add(fact->name);
    list.add(std::uint64_t{fact->value.index()});
    std::visit(
        [&](const auto& value) {
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) list.add(value);
          else list.add(std::as_bytes(std::span(&value, 1)));
        },
        fact->value);
  }
  return {"about", list.digest()};
}

NamedDigest digest_of_table(const Table& table) {
  Lister list;
  list.add(table.dimension);
  list.add(std::uint64_t{table.values.rows});
  for (const Column* column : by_name(table.columns)) {
    // A dimension that only counts is written from its first number; read back it is a column.
    if (column->name == table.dimension && column->type == ColumnType::u64) continue;
    add_description(list, *column);
    std::vector<std::byte> values = table.values.columns[static_cast<std::size_t>(column - table.columns.data())];
    make_nans_canonical(column->type, values);
    list.add(values);
  }
  for (const TextColumn* texts : by_name(table.texts)) {
    list.add(texts->name);
    list.add(texts->meaning);
    for (const std::string& value : texts->values) list.add(value);
  }
  return {table.group, list.digest()};
}

NamedDigest digest_of_runs(const std::vector<Column>& columns, std::uint64_t run_numbers) {
  Lister list;
  for (const Column* column : by_name(columns)) add_description(list, *column);
  list.add(run_numbers);
  return {"runs", list.digest()};
}

void add_numbers(Hasher& hasher, std::uint64_t first, std::uint64_t count) {
  std::vector<std::uint64_t> numbers(std::min<std::uint64_t>(count, 8192));
  for (std::uint64_t done = 0; done < count; done += numbers.size()) {
    numbers.resize(std::min<std::uint64_t>(count - done, 8192));
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = first + done + i;
    hasher.add(std::as_bytes(std::span(numbers)));
  }
}

}  // namespace parley
