// The part of the week that one worker may change for a while: some of its days.
//
// Rules and costs that look across days are made safe by sharing out in advance what is left of each
// limit: what all workers may add together never exceeds it.
#pragma once

#include "random.hpp"
#include "week.hpp"

namespace rota {

// Who owns which day, and what each worker may add to each carer's week.
struct Shares {
  int workers = 1;
  int owner[kDays] = {};
  std::uint64_t seed = 0;

  static Shares draw(int workers, std::uint64_t seed) {
    Shares shares;
    shares.workers = std::min(workers, kDays);
    shares.seed = seed;
    Random random(seed);
    int days[kDays];
    for (int i = 0; i < kDays; ++i) {
      const int j = random.below(i + 1);
      days[i] = days[j], days[j] = i;
    }
    for (int i = 0; i < kDays; ++i) shares.owner[days[i]] = i % shares.workers;
    return shares;
  }

  // The limits of one worker's copy of the week. Every worker draws the same random numbers, so that
  // what one is given the others know to be gone.
  void apply(Week& week, int me) const {
    if (workers == 1) return;
    const Problem& problem = week.problem;
    Random random(seed + 1);
    for (int c = 0; c < problem.carers; ++c) {
      Limits limits = week.limits(c);
      const CarerWeek& carer = week.carer(c);
      limits.max_week = carer.work + (problem.max_week[c] - carer.work) / workers;
      const int lucky = random.below(workers);
      if (lucky != me) limits.max_days = carer.days;
      // Nor may others join two rows of days: what they open again was worked before.
      if (lucky != me)
        for (int d = 0; d < kDays; ++d) limits.shut |= (week.route(c, d).count == 0) << d;
      // A long rest depends on all days at once: one worker may change such a carer's hours.
      limits.is_closed = week.needs_weekly_rest_check(c) && lucky != me;
      for (int d = 0; d + 1 < kDays; ++d) {
        const int border = night_border(week, c, d, random);
        if (owner[d] == owner[d + 1]) continue;
        limits.to[d] = std::min(limits.to[d], border);
        limits.from[d + 1] = std::max(limits.from[d + 1], border + problem.daily_rest + problem.extra_rest(border, d + 1));
        if (border > problem.latest_before_early(d))
          limits.from[d + 1] = std::max(limits.from[d + 1], problem.early_on(d + 1));
      }
      week.limit(c, limits);
    }
  }

 private:
  // When a day must end at the latest, so that the next may start after its rest whatever happens.
  static int night_border(const Week& week, int c, int d, Random& random) {
    const Problem& problem = week.problem;
    const DayRoute &today = week.route(c, d), &tomorrow = week.route(c, d + 1);
    const int midnight = (d + 1) * kDay;
    const int rest = problem.daily_rest + problem.extra_rest(midnight - problem.daily_rest, d + 1);
    int soonest = midnight - problem.daily_rest / 2, farthest = midnight;
    if (tomorrow.count) farthest = std::min(midnight, tomorrow.first_start() - rest);
    if (tomorrow.count && tomorrow.first_start() < problem.early_on(d + 1))
      farthest = std::min(farthest, problem.latest_before_early(d));
    if (today.count) soonest = today.last_end();
    else soonest = std::min(soonest, farthest);
    return soonest < farthest ? random.between(soonest, farthest) : soonest;
  }
};

struct Territory {
  std::vector<std::uint8_t> may_move;      // by visit
  std::vector<std::int32_t> visits;        // those that may move

  void draw(Week& week, const Shares& shares, int me) {
    const Problem& problem = week.problem;
    may_move.assign(problem.visits, 0);
    visits.clear();
    shares.apply(week, me);
    std::vector<std::uint8_t> pinned(problem.visits, 0);
    const auto is_mine = [&](int v) {
      bool mine = shares.owner[problem.day_of(v)] == me;
      for (int c : week.visit(v).carer) mine = mine && (c < 0 || !week.limits(c).is_closed);
      return mine;
    };
    for (int v = 0; v < problem.visits; ++v) {
      bool mine = is_mine(v);
      if (problem.after_visit[v] >= 0) mine = mine && is_mine(problem.after_visit[v]);
      for (int row = problem.follower_begin[v]; row < problem.follower_begin[v + 1]; ++row)
        mine = mine && is_mine(problem.followers[row]);
      // What is linked to a visit of another worker must not move at all.
      pinned[v] = !mine;
      // Where too few carers are able at all, trying is a waste.
      const bool has_team = problem.offer_begin[v + 1] - problem.offer_begin[v] >= problem.team[v];
      if (mine && has_team && !problem.locked[v]) {
        may_move[v] = 1;
        visits.push_back(v);
      }
    }
    week.pin(std::move(pinned));
  }
};

}  // namespace rota
