// Talks with more or fewer actors and issues are talks that a configuration could have written.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "engine/bargain/scaled.hpp"
#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/sweep/config.hpp"

namespace parley {
namespace {

std::string config(const std::string& name) { return PARLEY_SOURCE_DIR "/configs/" + name; }

TEST(Scaled, TheSameSizeIsTheSameNegotiation) {
  for (const char* name : {"start-values.toml", "ukraine-2026-01.toml", "classroom/alternating-offers.toml"}) {
    Config from = load_configuration(config(name), {}), to = from;
    const Dimensions& n = from.negotiation.structure.layout.n;
    to.negotiation = scaled(from.negotiation, {n.actors, n.issues, Linkage::as_given});
    for (Config* c : {&from, &to})  // anchors are words for people
      for (IssueInfo& issue : c->negotiation.structure.issues) issue.anchors.clear();
    EXPECT_EQ(from.resolved(), to.resolved()) << name;
  }
}

TEST(Scaled, EverySizeIsOneThatAConfigurationCouldHave) {
  for (const char* name : {"start-values.toml", "classroom/alternating-offers.toml", "classroom/linkage.toml"}) {
    const Config from = load_configuration(config(name), {});
    for (int actors = 2; actors <= max_actors; ++actors)
      for (int issues = 1; issues <= max_issues; ++issues)
        for (const Linkage linkage : {Linkage::as_given, Linkage::every_pair}) {
          const Negotiation to = scaled(from.negotiation, {actors, issues, linkage});
          const Layout& layout = to.structure.layout;
          EXPECT_EQ(fault_in(to, to.values), "") << name << actors << issues;
          ASSERT_LE(to.values.size(), static_cast<std::size_t>(max_parameters));
          EXPECT_EQ(to.values.size(), to.catalog.size());
          std::set<std::string> paths;
          for (const Entry& e : to.catalog.entries()) paths.insert(e.path);
          EXPECT_EQ(paths.size(), to.values.size()) << "names are not distinct";
          const std::set<std::uint32_t> streams(layout.actor_stream, layout.actor_stream + actors);
          EXPECT_EQ(streams.size(), static_cast<std::size_t>(actors));
          EXPECT_NE(layout.belligerents, 0);
          EXPECT_EQ(layout.belligerents >> actors, 0);
          unsigned settled = 0;
          for (int r = 0; r < layout.n.rungs; ++r) {
            EXPECT_NE(layout.seats[r], 0);
            EXPECT_EQ(layout.settles[r] >> issues, 0);
            settled |= layout.settles[r];
          }
          EXPECT_NE(settled, 0u);
          EXPECT_TRUE(linkage == Linkage::as_given || layout.n.links == issues * (issues - 1) / 2);
        }
  }
}

}  // namespace
}  // namespace parley
