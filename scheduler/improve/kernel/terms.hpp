// The cost of a rota by term, added up anew: for progress reports and as a check of the running total.
#pragma once

#include "week.hpp"

namespace rota {

enum Term {
  kUnassigned, kTravel, kExtraCarers, kUnfamiliar, kLateness, kOvertime, kShortfall, kFairness,
  kPreferences, kIdle, kSplit, kStability, kOverVote, kOptional,
  kOutside, kTermCount
};

inline void add_up_terms(const Week& week, Points* terms) {
  const Problem& problem = week.problem;
  std::fill(terms, terms + kTermCount, 0);
  for (int c = 0; c < problem.carers; ++c) {
    Gap gaps;
    for (int d = 0; d < kDays; ++d) gaps = gaps + week.route(c, d).gaps;
    terms[kTravel] += problem.travel * gaps.travel;
    terms[kIdle] += problem.idle * gaps.idle;
    terms[kSplit] += problem.split * gaps.splits;
    terms[kOverVote] += problem.over_vote * gaps.over + problem.splits_over_vote_points(gaps.splits);
    const CarerWeek& carer = week.carer(c);
    const bool is_short = carer.work < problem.guaranteed[c];
    terms[is_short ? kShortfall : kOvertime] += problem.contract_points(c, carer.work);
    terms[kPreferences] += carer.pain;
    terms[kFairness] += fairness_of(carer.pain, problem.fairness);
  }
  for (int k = 0; k < problem.clients; ++k)
    terms[kExtraCarers] += problem.extra_carer_points(k, week.different_carers(k));
  for (int v = 0; v < problem.visits; ++v) {
    const VisitState& state = week.visit(v);
    const bool given = state.given() == problem.team[v];
    if (!given) terms[problem.optional[v] ? kOptional : kUnassigned] += problem.unassigned[v];
    if (given) {
      const int off = std::abs(state.start - problem.target_at(v, state.start));
      terms[kLateness] += problem.lateness * off;
      terms[kOutside] += problem.outside_points(v, state.start);
      const bool moved = problem.published_start[v] >= 0 && problem.published_start[v] != state.start;
      terms[kStability] += moved ? problem.stability : 0;
    }
    for (int promised : {problem.published_carer[2 * v], problem.published_carer[2 * v + 1]}) {
      const bool kept = promised == state.carer[0] || promised == state.carer[1];
      if (promised >= 0 && !(given && kept)) terms[kStability] += problem.stability;
    }
    for (int c : state.carer) {
      if (!given || c < 0) continue;
      const bool knows = problem.familiar[static_cast<std::size_t>(problem.visit_client[v]) * problem.carers + c];
      terms[kUnfamiliar] += knows ? 0 : problem.unfamiliar;
    }
  }
}

}  // namespace rota
