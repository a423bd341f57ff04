// Week: giving, taking and moving visits, and the sums that follow from it.
#pragma once

#include "week.hpp"

namespace rota {

inline int Week::after_from(int v) const {
  const int before = problem.after_visit[v];
  if (before < 0 || visits_[before].carer[0] < 0) return 0;
  return visits_[before].start + problem.minutes[before] + problem.after_gap[v];
}

inline int Week::after_to(int v) const {
  int to = kWeek;
  for (int row = problem.follower_begin[v]; row < problem.follower_begin[v + 1]; ++row) {
    const int later = problem.followers[row];
    if (visits_[later].carer[0] < 0) continue;
    to = std::min(to, visits_[later].start - problem.after_gap[later] - problem.minutes[v]);
  }
  return to;
}

// Days are shared out with the policy's rest between them. Where a carer rests longer, the morning
// after such a border begins later.
inline void Week::limit(int c, const Limits& limits) {
  limits_[c] = limits;
  const int longer = problem.own_rest[c] - problem.daily_rest;
  for (int d = 1; longer > 0 && d < kDays; ++d) {
    const int midnight = d * kDay, border = limits.to[d - 1];
    const bool is_shared = border < midnight || limits.from[d] >= midnight + problem.daily_rest;
    if (is_shared)
      limits_[c].from[d] = std::max(limits.from[d], border + problem.own_rest[c] + problem.extra_rest(border, d));
  }
  refresh_carer(c);
}

// The longest visit that the limits on hours and days could still take, to rule most carers out early.
inline void Week::refresh_hours(int c) {
  const CarerWeek& week = carers_[c];
  const Limits& limits = limits_[c];
  for (int d = 0; d < kDays; ++d) {
    const DayRoute& route = routes_[c * kDays + d];
    int most = std::min({limits.max_week - week.work, problem.max_day[c] - route.work(), problem.stretch[c]});
    if (route.count == 0 && !may_begin_day(c, d)) most = 0;
    if (route.count >= DayRoute::kCapacity || limits.is_closed) most = 0;
    longest_[d * problem.carers + c] = static_cast<std::int16_t>(std::clamp(most, 0, kDay));
  }
}

// May a free day be worked: by the days of the contract, and by those in a row that were voted?
inline bool Week::may_begin_day(int c, int day) const {
  const Limits& limits = limits_[c];
  if (carers_[c].days >= limits.max_days) return false;
  if (problem.max_in_a_row == kNoLimit) return true;
  if (limits.shut >> day & 1) return false;
  const DayRoute* days = &routes_[c * kDays];
  int first = day, last = day;
  while (first > 0 && days[first - 1].count) --first;
  while (last + 1 < kDays && days[last + 1].count) ++last;
  return last - first + 1 + (first == 0 ? problem.row_before[c] : 0) <= problem.max_in_a_row;
}

inline void Week::give(int v, const Offer& offer, int position, int start) {
  const int c = offer.carer, day = problem.day_of(v);
  save_visit(v);
  save_route(c * kDays + day);
  DayRoute& route = routes_[c * kDays + day];
  assert(route.count < DayRoute::kCapacity);
  for (int i = route.count; i > position; --i) route.stops[i] = route.stops[i - 1];
  ++route.count;
  const int end = start + problem.minutes[v];
  route.stops[position] = {v, problem.place_of(v), start, end, offer.from, offer.to, offer.points,
                           start, start, start, end};
  VisitState& state = visits_[v];
  const int half = state.carer[0] >= 0;
  state.carer[half] = c;
  state.start = start;
  if (!half) total_ += problem.start_points(v, start);
  // Only a visit with its whole team counts as covered.
  if (state.given() == problem.team[v]) total_ -= problem.unassigned[v];
  count_pair(problem.visit_client[v], c, +1);
  changed_day(c, day);
  refresh_linked(v);
}

inline void Week::take_all(std::span<const int> visits, int c) {
  const int day = problem.day_of(visits[0]);
  save_route(c * kDays + day);
  for (int v : visits) {
    save_visit(v);
    VisitState& state = visits_[v];
    if (state.given() == problem.team[v]) total_ += problem.unassigned[v];
    if (state.carer[0] == c) state.carer[0] = state.carer[1];
    state.carer[1] = kNone;
    if (state.carer[0] < 0) total_ -= problem.start_points(v, state.start);
    count_pair(problem.visit_client[v], c, -1);
  }
  DayRoute& route = routes_[c * kDays + day];
  const auto has_left = [&](const Stop& stop) { return visits_[stop.visit].carer[0] != c && visits_[stop.visit].carer[1] != c; };
  route.count = static_cast<std::int32_t>(std::remove_if(route.stops, route.stops + route.count, has_left) - route.stops);
  changed_day(c, day);
  for (int v : visits) refresh_linked(v);
}

inline void Week::shift_day(int c, int day, const std::int32_t* starts) {
  save_route(c * kDays + day);
  DayRoute& route = routes_[c * kDays + day];
  for (int i = 0; i < route.count; ++i) {
    Stop& stop = route.stops[i];
    if (stop.start == starts[i]) continue;
    save_visit(stop.visit);
    total_ += problem.start_points(stop.visit, starts[i]) - problem.start_points(stop.visit, stop.start);
    stop.end += starts[i] - stop.start;
    stop.start = starts[i];
    visits_[stop.visit].start = stop.start;
    refresh_linked(stop.visit);
  }
  changed_day(c, day);
}

inline void Week::shift_visit(int v, int start) {
  save_visit(v);
  const int day = problem.day_of(v);
  VisitState& state = visits_[v];
  total_ += problem.start_points(v, start) - problem.start_points(v, state.start);
  state.start = start;
  for (int c : state.carer) {
    if (c < 0) continue;
    save_route(c * kDays + day);
    Stop& stop = routes_[c * kDays + day].stops[routes_[c * kDays + day].find(v)];
    stop.start = start, stop.end = start + problem.minutes[v];
    changed_day(c, day);
  }
  refresh_linked(v);
}

inline void Week::count_pair(int client, int c, int change) {
  const std::size_t index = pair(client, c);
  if (stamp_) saved_pairs_.emplace_back(static_cast<std::int32_t>(index), static_cast<std::int16_t>(change));
  const bool before = pairs_[index] > 0;
  pairs_[index] = static_cast<std::int16_t>(pairs_[index] + change);
  const bool now = pairs_[index] > 0;
  if (before == now) return;
  total_ -= problem.extra_carer_points(client, different_[client]);
  different_[client] += now - before;
  total_ += problem.extra_carer_points(client, different_[client]);
}

inline void Week::changed_day(int c, int day) {
  DayRoute& route = routes_[c * kDays + day];
  total_ -= route.offer_points;
  route.add_up(problem, c);
  total_ += route.offer_points;
  save_carer(c);
  refresh_carer(c);
  refresh_room(c, day);
}

// Sums of the carer's week, its cost, and what daily rest leaves of each day.
inline void Week::refresh_carer(int c) {
  CarerWeek& week = carers_[c];
  const DayRoute* days = &routes_[c * kDays];
  Gap gaps;
  Points avoid = 0;
  int contact = 0, worked = 0;
  for (int d = 0; d < kDays; ++d) {
    contact += days[d].contact;
    gaps = gaps + days[d].gaps;
    avoid += days[d].avoid;
    if (days[d].count) ++worked, avoid += problem.day_off[c * kDays + d];
  }
  if (days[5].count || days[6].count) avoid += problem.weekend_off[c];
  week.work = contact + gaps.travel;
  week.days = worked;
  week.splits = gaps.splits;
  week.pain = avoid + problem.no_split[c] * gaps.splits + wish_pain(c);
  const Points cost =
      gap_points(problem, gaps) + problem.splits_over_vote_points(gaps.splits) +
      problem.contract_points(c, week.work) + pain_points(week.pain);
  total_ += cost - week.cost;
  week.cost = cost;
  refresh_hours(c);

  int last_end = problem.last_end[c];
  for (int d = 0; d < kDays; ++d) {
    const int rest = problem.own_rest[c] + problem.extra_rest(last_end, d);
    int soonest = std::max(limits_[c].from[d], last_end + rest);
    if (last_end > problem.latest_before_early(d - 1)) soonest = std::max(soonest, problem.early_on(d));
    if (soonest != week.soonest[d]) {
      week.soonest[d] = soonest;
      if (days[d].count) refresh_room(c, d);
    }
    if (days[d].count) last_end = days[d].last_end();
  }
  int next_start = kWeek + kWeek, next_day = kDays;
  for (int d = kDays - 1; d >= 0; --d) {
    int farthest = limits_[c].to[d];
    if (next_day < kDays) {
      const bool spans = problem.clock_minute >= d * kDay && problem.clock_minute < next_start;
      farthest = std::min(farthest, next_start - problem.own_rest[c] - (spans ? problem.clock_extra : 0));
      if (next_day == d + 1 && next_start < problem.early_on(next_day))
        farthest = std::min(farthest, problem.latest_before_early(d));
    }
    if (farthest != week.farthest[d]) {
      week.farthest[d] = farthest;
      if (days[d].count) refresh_room(c, d);
    }
    if (days[d].count) next_start = days[d].first_start(), next_day = d;
  }
}

// How far each stop of the day could go if those before or after it gave way.
inline void Week::refresh_room(int c, int day) {
  DayRoute& route = routes_[c * kDays + day];
  if (!route.count) return;
  save_route(c * kDays + day);
  const auto is_fixed = [&](const Stop& stop) {
    return problem.team[stop.visit] > 1 || pinned_[stop.visit] || problem.start_is_fixed(stop.visit);
  };
  for (int i = 0, soonest = carers_[c].soonest[day]; i < route.count; ++i) {
    Stop& stop = route.stops[i];
    const int from = std::max(stop.from, after_from(stop.visit));
    stop.soonest = is_fixed(stop) ? stop.start : std::min(stop.start, std::max(soonest, from));
    if (i + 1 < route.count)
      soonest = stop.soonest + (stop.end - stop.start) +
                problem.travel_from(c, stop.place)[route.stops[i + 1].place];
  }
  for (int i = route.count - 1, latest_end = carers_[c].farthest[day]; i >= 0; --i) {
    Stop& stop = route.stops[i];
    const int to = std::min(stop.to, after_to(stop.visit));
    const int latest = latest_end - (stop.end - stop.start);
    stop.farthest = is_fixed(stop) ? stop.start : std::max(stop.start, std::min(latest, to));
    if (i > 0)
      latest_end = stop.farthest - problem.travel_to(c, stop.place)[route.stops[i - 1].place];
  }
}

inline void Week::pin(std::vector<std::uint8_t> pinned) {
  pinned_ = std::move(pinned);
  for (int c = 0; c < problem.carers; ++c)
    for (int d = 0; d < kDays; ++d) refresh_room(c, d);
}

// A visit's new start changes the room of the visits that must come before or after it.
inline void Week::refresh_linked(int v) {
  const auto refresh = [&](int other) {
    for (int c : visits_[other].carer)
      if (c >= 0) refresh_room(c, problem.day_of(other));
  };
  if (problem.after_visit[v] >= 0) refresh(problem.after_visit[v]);
  for (int row = problem.follower_begin[v]; row < problem.follower_begin[v + 1]; ++row)
    refresh(problem.followers[row]);
}

inline Points Week::wish_pain(int c) const {
  Points pain = 0;
  for (int row = problem.wish_begin[c]; row < problem.wish_begin[c + 1]; ++row) {
    const int made = visits_to(problem.wish_client[row], c), cap = problem.wish_cap[row];
    pain += problem.wish_points[row] * (cap == 0 ? made : std::max(0, cap - made));
  }
  return pain;
}

// Would some gap still be a weekly rest if `day` ran from first_start to last_end?
inline bool Week::weekly_rest_holds(int c, int day, int first_start, int last_end) const {
  int end = std::max(problem.last_end[c], problem.long_rest_from[c]), longest = 0;
  const auto rest = [&](int from, int to) {
    const bool spans = problem.clock_minute >= from && problem.clock_minute < to;
    longest = std::max(longest, to - from - (spans ? problem.clock_extra : 0));
  };
  for (int d = 0; d < kDays; ++d) {
    const DayRoute& route = routes_[c * kDays + d];
    if (d != day && !route.count) continue;
    rest(end, d == day ? first_start : route.first_start());
    end = d == day ? last_end : route.last_end();
  }
  rest(end, kWeek);
  return longest >= problem.weekly_rest[c];
}

}  // namespace rota
