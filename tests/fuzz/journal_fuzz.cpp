// What an interrupted run left, with any content: the first byte says whether the rest are the bytes behind the header,
// or describe blocks whose checksums are right, so that what they vouch for is read as well.
#include <algorithm>
#include <cstdlib>
#include <limits>
#include <vector>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/journal.hpp"
#include "engine/drivers/store/journal_format.hpp"
#include "engine/drivers/store/packer.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/fuzz/scratch_file.hpp"

namespace {

using namespace parley;

RunLayout layout(Compression compression) {
  const Column scenario{.name = "scenario", .type = ColumnType::u8, .labels = {{"stalemate", 0}, {"deal", 1}}};
  const Column package{.name = "package", .type = ColumnType::f32, .width = 3, .dimension = "issue", .positions = {"a", "b", "c"}};
  return {.columns = {scenario, package}, .block_rows = 64, .compression = compression};
}

void describe_block(fuzz::Choices& choices, std::size_t columns, std::vector<std::byte>& file) {
  PackedBlock block{choices.number(choices.byte() % 9), static_cast<std::uint32_t>(choices.number(choices.byte() % 5)), {}};
  for (std::size_t c = 0; c < columns; ++c) {
    const std::string stored = choices.text(choices.byte());
    const auto* bytes = reinterpret_cast<const std::byte*>(stored.data());
    block.columns.push_back({.stored = {bytes, bytes + stored.size()}, .raw = {}, .digest = choices.number()});
  }
  const std::vector<std::byte> head = encode_record_head(block);
  file.insert(file.end(), head.begin(), head.end());
  Hasher hasher;
  for (const PackedColumn& column : block.columns) {
    hasher.add(column.stored);
    file.insert(file.end(), column.stored.begin(), column.stored.end());
  }
  append_u64(file, hasher.digest());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path = fuzz::scratch_path("journal");
  static const Facts identity = {{"seed", std::uint64_t{7}}};
  fuzz::Choices choices(data, size);
  const std::uint8_t mode = choices.byte();
  const RunLayout asked = layout((mode & 1) != 0 ? Compression::gzip : Compression::none);
  std::vector<std::byte> file = encode_header(header_lines(asked, identity));
  if ((mode & 2) != 0) {
    const std::string rest = choices.text(size);
    const auto* bytes = reinterpret_cast<const std::byte*>(rest.data());
    if ((mode & 4) != 0) file.clear();
    file.insert(file.end(), bytes, bytes + rest.size());
  } else {
    while (!choices.empty()) describe_block(choices, asked.columns.size(), file);
  }
  fuzz::write_scratch(path, file.data(), file.size());
  try {
    Journal journal(path, asked, identity, Partial::resume);
    std::uint64_t rows = 0;
    for (const RowRange& entry : journal.entries()) {
      rows += entry.count;
      try {
        const Block block = unpack_block(asked.columns, journal.read(entry.first), asked.compression);
        if (block.rows != entry.count || block.columns[1].size() != std::size_t{12} * block.rows) std::abort();
      } catch (const StoreError&) {
      }
    }
    if (rows != journal.rows()) std::abort();
  } catch (const StoreError&) {
  }
  std::remove(path.c_str());
  return 0;
}
