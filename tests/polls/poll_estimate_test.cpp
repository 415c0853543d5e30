// The poll model: a filter that is right, a fit that is right, the choices that can be switched, and the shipped series.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "engine/analysis/csv.hpp"
#include "engine/analysis/poll_estimate.hpp"
#include "engine/drivers/cli/load_configuration.hpp"
#include "models/catalog.hpp"

namespace parley {
namespace {

const std::string configs = std::string(PARLEY_SOURCE_DIR) + "/configs/";

const std::string game = R"(
[issues.land]
moves_with_front = true
opinion_reference = 0.2
[issues.shield]
guarantee = "up"
opinion_reference = 0.7
[rungs.deal]
settles = ["land", "shield"]
[actors.north]
fights = true
salience = [0.3, 0.2]
response = [2.0, 1.0]
mood = 0.3
mood_sd = 0.4
[actors.south]
fights = true
salience = [0.3, 0.2]
)";
const std::string questions = "question_id,public,question,direction,measures,land,shield\nmood,north,,1,mood,,\nanchor,north,,1,mood,0.4,\na,north,,1,package,1,\nb,north,,1,package,,0\nc,north,,-1,package,1,0\n";
const std::string header = "organisation,wave,start,n,n_total,country,question_id,share_support,share_oppose,share_undecided\n";

PollData polls(const std::string& rows) { return polls_in({CsvTable::parse(header + rows, "p.csv"), CsvTable::parse(questions, "q.csv")}); }
PollEstimates estimate(const std::string& rows, const PollsSpec& spec = {}) { return estimate_polls(polls(rows), read_config(game, "c.toml", {}, &find_model).negotiation, spec); }

TEST(PollSeriesModel, ForecastsAndTheirLikelihoodAreThoseOfTheWholeNormalVector) {
  // Opinion and leans are jointly normal, so every forecast and the likelihood follow from one big covariance.
  const PollModel model{.days = 60, .daily_sd = 0.05, .start_mean = 0.3, .start_variance = 2, .house_sd = 0.2, .house_sds = {0.2, 0.4}};
  const std::vector<Poll> polls = {{3, 0, 0.1, 0.02}, {3, 1, 0.5, 0.01}, {20, 0, 0.3, 0.03}, {41, 2, -0.2, 0.02}, {59, 1, 0.0, 0.01}};
  const double leans[] = {0.2, 0.4, 0.2};
  const auto n = static_cast<Eigen::Index>(polls.size());
  Eigen::MatrixXd covariance(n, n);
  Eigen::VectorXd y(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    y(i) = polls[i].share - model.start_mean;
    for (Eigen::Index j = 0; j < n; ++j)
      covariance(i, j) = model.start_variance + 0.05 * 0.05 * static_cast<double>(std::min(polls[i].day, polls[j].day)) +
                         (polls[i].house == polls[j].house ? leans[polls[i].house] * leans[polls[i].house] : 0) + (i == j ? polls[i].variance : 0);
  }
  const PollForecasts forecasts = forecast_polls(model, polls);
  double log_likelihood = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::VectorXd weights = covariance.topLeftCorner(i, i).ldlt().solve(covariance.col(i).head(i));
    const double mean = i == 0 ? 0 : weights.dot(y.head(i)), variance = covariance(i, i) - (i == 0 ? 0 : weights.dot(covariance.col(i).head(i)));
    EXPECT_NEAR(forecasts.expected[i].mean, model.start_mean + mean, 1e-12);
    EXPECT_NEAR(forecasts.expected[i].sd, std::sqrt(variance), 1e-12);
    log_likelihood += -0.5 * std::log(2 * M_PI * variance) - 0.5 * (y(i) - mean) * (y(i) - mean) / variance;
  }
  EXPECT_NEAR(forecasts.log_likelihood, log_likelihood, 1e-12);
}

TEST(PollFit, MoodAndResponseAreTheGaussianPosteriorOfAllQuestions) {
  PollsSpec spec;
  spec.daily_sd = 0;  // opinion stands still, so that each state is its one reading
  const PollEstimates e = estimate("A,,2025-01-01,1000,,,mood,40,,\nA,,2025-01-01,1000,,,a,70,,\nA,,2025-01-01,1000,,,b,20,,\nA,,2025-01-01,1000,,,c,50,,\n", spec);
  const PublicEstimate& p = e.publics.at(0);
  // Written out densely: precision = prior + Σ h hᵀ / v.
  const double states[] = {p.series[0].state, p.series[1].state, p.series[2].state, -p.series[3].state};
  const double sds[] = {p.series[0].sd, p.series[1].sd, p.series[2].sd, p.series[3].sd}, h[4][3] = {{1, 0, 0}, {1, 0.8, 0}, {1, 0, -0.7}, {1, 0.8, -0.7}};
  Eigen::Matrix3d precision = Eigen::Vector3d(1 / 100.0, 1 / (0.6 * 0.6), 1 / (0.3 * 0.3)).asDiagonal();
  Eigen::Vector3d weighted(0, 2 / (0.6 * 0.6), 1 / (0.3 * 0.3));
  for (int q = 0; q < 4; ++q) {
    const Eigen::Vector3d line(h[q][0], h[q][1], h[q][2]);
    const double variance = sds[q] * sds[q] + (q == 0 ? 0 : 0.25);
    precision += line * line.transpose() / variance;
    weighted += line * states[q] / variance;
  }
  const Eigen::Vector3d mean = precision.inverse() * weighted;
  EXPECT_NEAR(p.response[0].refit, mean(1), 1e-9);
  EXPECT_NEAR(p.response[1].refit, mean(2), 1e-9);
  EXPECT_NEAR(p.response[1].refit_sd, std::sqrt(precision.inverse()(2, 2)), 1e-9);
  EXPECT_EQ(p.response[0].prior_sd, 0.6);
  ASSERT_TRUE(p.error_refit);
  if (p.refit_used) {
    EXPECT_LT(*p.error_refit, *p.error_prior);
  }
}

TEST(PollFit, ARefitIsUsedOnlyWhereItForetellsLeftOutQuestionsBetter) {
  // Answers made from β = (2, 1), the configuration's own, and from another β that the questions agree on.
  const auto rows = [](double land, double shield) {
    const auto percent = [](double x) { return std::to_string(100 * share_of(x)); };
    return "A,,2025-01-01,5000,,,mood," + percent(-0.4) + ",,\nA,,2025-01-01,5000,,,a," + percent(-0.4 + 0.8 * land) + ",,\nA,,2025-01-01,5000,,,b," + percent(-0.4 - 0.7 * shield) +
           ",,\nA,,2025-01-01,5000,,,c," + percent(0.4 - 0.8 * land + 0.7 * shield) + ",,\n";
  };
  const PublicEstimate same = estimate(rows(2, 1)).publics.at(0), other = estimate(rows(0.2, 3)).publics.at(0);
  EXPECT_FALSE(same.refit_used);
  for (const ResponseEstimate& r : same.response) {
    EXPECT_FALSE(r.informed);
    EXPECT_NEAR(r.estimate, r.prior, 1e-9);
    EXPECT_NEAR(r.sd, r.prior_sd, 1e-9);
  }
  EXPECT_TRUE(other.refit_used);
  EXPECT_LT(other.response[0].estimate, 1.6);
  EXPECT_GT(other.response[1].estimate, 1.1);
  EXPECT_LT(*other.error_refit, *other.error_prior);
}

TEST(PollFit, AMoodMeasuredAwayFromTheReferencePackageIsReadBackAndCorrelatesWithTheResponse) {
  // "anchor" asks at .4 on land where the reference stands at .2: its state is o + .2 β.
  const PublicEstimate p = estimate("A,,2025-01-01,1000,,,anchor,40,,\n").publics.at(0);
  EXPECT_TRUE(p.from_polls);
  EXPECT_NEAR(p.mood, p.series[0].state - 0.2 * 2.0, 0.01);
  EXPECT_NEAR(p.covariance[0][1], -0.2 * 0.36, 0.002);
  EXPECT_NEAR(p.covariance[0][0], p.series[0].sd * p.series[0].sd + 0.04 * 0.36, 0.002);
}

TEST(PollFit, SilentIssuesStandAtTheReferencePackage) {
  const auto moved = [](double reference) {
    Config config = read_config(game, "c.toml", {"issues.shield.opinion_reference=" + std::to_string(reference)}, &find_model);
    return estimate_polls(polls("A,,2025-01-01,1000,,,mood,40,,\nA,,2025-01-01,1000,,,a,70,,\n"), config.negotiation, {}).publics.at(0);
  };
  EXPECT_EQ(moved(0.1).response[1].refit, moved(0.9).response[1].refit);
  EXPECT_EQ(moved(0.1).response[1].refit, 1.0) << "no question speaks of it: its prior";
}

TEST(PollFit, WithoutAMoodQuestionTheConfigurationStands) {
  const PollEstimates e = estimate("A,,2025-01-01,1000,,,a,70,,\n");
  EXPECT_FALSE(e.publics.at(0).from_polls);
  EXPECT_EQ(e.publics[0].mood, 0.3);
  EXPECT_EQ(e.publics[0].sd, 0.4);
  EXPECT_TRUE(posteriors_of(e).empty());
}

TEST(PollChoices, UndecidedRespondentsCountAsAsked) {
  const auto share = [](Undecided undecided) {
    PollsSpec spec;
    spec.undecided = undecided;
    return series_of(polls("A,,2025-01-01,1000,,,mood,40,52,8\n"), spec, 100000).at(0).polls.at(0).share;
  };
  EXPECT_NEAR(share(Undecided::against), 0.40, 1e-12);
  EXPECT_NEAR(share(Undecided::excluded), 40.0 / 92, 1e-12);
  EXPECT_NEAR(share(Undecided::half), 0.44, 1e-12);
  PollsSpec spec;
  spec.undecided = Undecided::excluded;
  EXPECT_TRUE(series_of(polls("A,,2025-01-01,1000,,,mood,40,,\n"), spec, 100000).empty()) << "who decided is not known";
}

TEST(PollChoices, SplitSamplesAndMissingSizes) {
  const auto n = [](const std::string& rows, SplitSamples split = SplitSamples::part) {
    PollsSpec spec;
    spec.split_samples = split;
    return series_of(polls(rows), spec, 100000).at(0).polls.back();
  };
  EXPECT_EQ(n("A,,2025-01-01,500,2000,,mood,40,,\n").n, 500);
  EXPECT_EQ(n("A,,2025-01-01,500,2000,,mood,40,,\n", SplitSamples::whole).n, 2000);
  EXPECT_EQ(n("A,,2025-01-01,700,,,mood,40,,\nA,,2025-02-01,,,,mood,40,,\n").n, 700) << "as its organisation's others";
  EXPECT_TRUE(n("A,,2025-01-01,700,,,mood,40,,\nA,,2025-02-01,,,,mood,40,,\n").n_assumed);
  EXPECT_EQ(n("A,,2025-01-01,,,,mood,40,,\n").n, 1000) << "the default";
  PollsSpec none;
  none.default_n = 0;
  try {
    series_of(polls("A,,2025-01-01,,,,mood,40,,\n"), none, 100000);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()).rfind("p.csv:2:15: The row has no n", 0), 0u) << error.what();
  }
}

TEST(PollChoices, OnlyWhatWasKnownByADayCounts) {
  const std::string rows = "A,,2025-01-01,1000,,,mood,40,,\nA,2025-03,,1000,,,mood,60,,\n";
  const auto state = [&](const std::string& day) {
    PollsSpec spec;
    spec.as_of = day;
    return estimate(rows, spec).publics.at(0).series.at(0);
  };
  EXPECT_EQ(state("2025-03-30").series.polls.size(), 1u) << "a month is known when it is over";
  EXPECT_EQ(state("2025-03-31").series.polls.size(), 2u);
  EXPECT_GT(state("2025-12-31").sd, state("2025-04-01").sd) << "an opinion that is not asked for grows uncertain";
  PollsSpec early;
  early.as_of = "2024-01-01";
  EXPECT_THROW(estimate(rows, early), InputError);
  early.as_of = "soon";
  EXPECT_THROW(estimate(rows, early), InputError);
}

TEST(PollChoices, CountriesOfAWaveAreAveraged) {
  const auto series = series_of(polls("A,,2025-01-01,500,,France,mood,30,,\nA,,2025-01-01,700,,Italy,mood,50,,\nA,,2025-01-01,900,,,mood,45,,\n"), {}, 100000);
  ASSERT_EQ(series.at(0).polls.size(), 2u) << "a whole public stays a poll of its own";
  EXPECT_NEAR(series[0].polls[0].share, 0.4, 1e-12);
  EXPECT_EQ(series[0].polls[0].n, 1200);
  EXPECT_EQ(series[0].polls[0].country, "France, Italy");
  EXPECT_NEAR(series[0].house_sds[0], std::sqrt(0.1 * 0.1 + 0.25 * 0.25 / 2), 1e-12);
  EXPECT_NEAR(series[0].house_sds[1], 0.1, 1e-12);
}

TEST(PollChoices, NobodyAndEverybodyHaveFiniteOpinions) {
  const auto series = series_of(polls("A,,2025-01-01,500,,,mood,0,,\nA,,2025-02-01,500,,,mood,100,,\n"), {}, 100000);
  EXPECT_NEAR(series.at(0).polls.at(0).share, 0.5 / 501, 1e-12);
  EXPECT_TRUE(std::isfinite(series[0].polls[1].logit));
}

TEST(ShippedPolls, WavesHeldBackFallIntoTheirIntervalsAsOftenAsTheseSay) {
  const Config config = read_without_polls(configs + "ukraine-2026-01.toml", {});
  const PollData data = read_polls({configs + "polls/ukraine.csv", configs + "polls/russia.csv", configs + "polls/united_states.csv", configs + "polls/europe.csv"});
  PollsSpec spec;
  spec.as_of = "2026-01-31";
  const PollEstimates e = estimate_polls(data, config.negotiation, spec, Scores::yes);
  EXPECT_GE(e.score.waves, 40u);
  EXPECT_GE(e.score.coverage(), 0.65);
  EXPECT_LE(e.score.coverage(), 0.95);
  EXPECT_LT(e.score.crps, e.score.crps_no_change) << "a forecast should be worth more than the last wave";
  ASSERT_EQ(e.publics.size(), 4u);
  for (const PublicEstimate& p : e.publics) {
    EXPECT_TRUE(p.from_polls) << p.actor;
    EXPECT_GT(p.sd, 0.05) << p.actor;
    EXPECT_LT(p.sd, 0.6) << p.actor;
  }
  EXPECT_NEAR(share_of(e.publics[1].series[0].state), 0.33, 0.05);
}

}  // namespace
}  // namespace parley
