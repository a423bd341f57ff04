// The week as the engine sees it: flat arrays from Python, and what is derived from them once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "carer_set.hpp"
#include "points.hpp"

namespace rota {

constexpr int kDay = 1440;
constexpr int kDays = 7;
constexpr int kWeek = kDay * kDays;
constexpr int kNone = -1;
constexpr int kNoLimit = 1 << 20;  // of a limit that was not voted

}  // namespace rota

// What Python passes. Field order is mirrored by `ProblemArrays` in encode.py.
extern "C" struct RotaProblem {
  std::int32_t carers, clients, visits, places, requirements, modes;
  // policy, in minutes; a carer's own rest is `own_rest`
  std::int32_t daily_rest, split_gap;
  // clock change: the wall minute (or -1) and the minutes by which a rest that spans it must grow
  std::int32_t clock_minute, clock_extra;
  // what members voted, `kNoLimit` where they did not; the early start is a minute of the day
  std::int32_t early_start, latest_finish, max_in_a_row, max_splits, max_idle, max_journey;
  // weights, in thousandths of a point (fairness: in millionths)
  std::int64_t travel, extra_carer, lateness, shortfall, overtime, idle, split, stability, unfamiliar,
      fairness, over_vote, outside;
  // visits
  const std::int32_t *visit_client, *visit_requirement, *target, *minutes, *team;
  const std::int32_t *earliest, *latest;  // of all windows
  const std::int32_t *visit_place;   // the client's, once for each period of departure (peaks)
  const std::int64_t *unassigned;
  const std::uint8_t *optional;      // owed to nobody: told apart in `rota_terms`, searched alike
  const std::int32_t *after_visit, *after_gap;
  const std::int32_t *locked;        // 1: must stay with `lock_carer`s
  const std::int32_t *lock_start;    // -1: free within the window
  const std::int32_t *lock_carer;    // two per visit, -1 where there is none
  const std::int32_t *published_start;   // -1: was not published
  const std::int32_t *published_carer;   // two per visit, -1 where there is none
  // clients
  const std::int32_t *target_carers;
  // carers
  const std::int32_t *mode, *guaranteed, *max_week, *max_days, *last_end;
  const std::int32_t *max_day, *own_rest, *weekly_rest, *stretch, *break_minutes;
  const std::int32_t *long_rest_from;  // since when a weekly rest counts
  const std::int32_t *row_before;      // days in a row worked up to the Sunday before
  const std::int64_t *day_off;       // 7 per carer
  const std::int64_t *weekend_off, *no_split;
  // row lists: begin has one entry more than there are owners
  const std::int32_t *range_begin, *range_from, *range_to, *range_target;  // windows by visit, in order
  const std::int32_t *range_soft_from, *range_soft_to;                    // what lies outside is priced
  const std::int32_t *window_begin, *window_from, *window_to;             // availability by carer
  const std::int32_t *avoid_begin, *avoid_from, *avoid_to;                // avoid_window by carer
  const std::int64_t *avoid_points;
  const std::int32_t *wish_begin, *wish_client, *wish_cap;                // client wishes by carer
  const std::int64_t *wish_points;   // cap 0: avoid_client; above 0: prefer_client up to the cap
  const std::uint8_t *allowed;       // requirements x carers: skills, gender and exclusion hold
  const std::uint8_t *familiar;      // clients x carers
  const std::int32_t *travel_minutes;  // modes x places x places
};

namespace rota {

// A carer who may make a visit, when it could start with them, and what having them costs. Of a visit
// with several windows there is one for each that suits the carer.
struct Offer {
  std::int32_t carer;
  std::int32_t from, to;  // of the start, both included
  std::int32_t points;    // unfamiliar, less what a published carer saves
};

using Travel = std::uint16_t;
constexpr int kTooFar = 10'000;  // more minutes than a day has: never travelled

struct Problem : RotaProblem {
  explicit Problem(const RotaProblem& arrays) : RotaProblem(arrays) {
    collect_plain();
    collect_travel();
    collect_followers();
    collect_client_visits();
    collect_known();
    collect_offers();
    collect_neighbours();
  }

  std::vector<std::int32_t> offer_begin;
  std::vector<Offer> offers;  // by visit, then by carer
  std::vector<std::int32_t> follower_begin, followers;  // visits that must come after a visit
  std::vector<std::int32_t> client_begin, client_visits;
  CarerSets known;     // by client: familiar carers
  CarerSets may_come;  // by visit: those with an offer
  std::vector<std::int32_t> neighbour_begin, neighbours;  // by visit: near in place and time, nearest first

  int day_of(int visit) const { return target[visit] / kDay; }
  int place_of(int visit) const { return visit_place[visit]; }
  // One window without soft ends?
  bool is_plain(int visit) const { return plain_[visit]; }

  // The window that a start lies in.
  int range_at(int visit, int start) const {
    int row = range_begin[visit];
    while (row + 1 < range_begin[visit + 1] && start > range_to[row]) ++row;
    return row;
  }
  int target_at(int visit, int start) const {
    return is_plain(visit) ? target[visit] : range_target[range_at(visit, start)];
  }

  // The start to aim for with an offer of several: what was promised, else the target of its window.
  int aim_of(int visit, const Offer& offer) const {
    const int promised = published_start[visit];
    return promised >= offer.from && promised <= offer.to ? promised : target_at(visit, offer.to);
  }

  // What it costs that a start lies outside the soft range of its window.
  Points outside_points(int visit, int start) const {
    if (is_plain(visit)) return 0;
    const int row = range_at(visit, start);
    return outside * std::max({0, range_soft_from[row] - start, start - range_soft_to[row]});
  }
  // Minutes from a place to all others, and from all others to it, as this carer travels. Both are
  // rows, so that looking at a whole day around one place stays in the nearest cache.
  const Travel* travel_from(int carer, int place) const {
    return travel_.data() + (static_cast<std::size_t>(mode[carer]) * places + place) * places;
  }
  const Travel* travel_to(int carer, int place) const {
    return back_.data() + (static_cast<std::size_t>(mode[carer]) * places + place) * places;
  }
  // May the start be changed while the visit stays with its carer?
  bool start_is_fixed(int visit) const { return locked[visit] && lock_start[visit] >= 0; }

  // A rest across the spring change is an hour shorter in real time. Any start on that day counts.
  int extra_rest(int from_end, int to_day) const {
    return clock_minute >= from_end && clock_minute < (to_day + 1) * kDay ? clock_extra : 0;
  }

  // Where an early start may follow, a day must end by then; and the soonest start after a later end.
  int latest_before_early(int day) const { return day * kDay + latest_finish; }
  int early_on(int day) const { return day * kDay + early_start; }

  Points splits_over_vote_points(int splits) const { return over_vote * std::max(0, splits - max_splits); }

  // This carer's offers for the visit; none where the rules keep them apart.
  template <typename Look>
  void each_offer(int visit, int carer, const Look& look) const {
    const int first = offer_row_[static_cast<std::size_t>(visit) * carers + carer];
    if (first < 0) return;
    for (int row = offer_begin[visit] + first; row < offer_begin[visit + 1] && offers[row].carer == carer; ++row)
      look(offers[row]);
  }

  // The offer by which this carer makes the visit at that start.
  const Offer& offer_at(int visit, int carer, int start) const {
    const Offer* found = nullptr;
    each_offer(visit, carer, [&](const Offer& offer) {
      if (!found || start >= offer.from) found = &offer;
    });
    return *found;
  }

  // What starting then costs, whoever comes: minutes from the target, and a changed promise.
  Points start_points(int visit, int start) const {
    const bool moved = published_start[visit] >= 0 && published_start[visit] != start;
    const Points promise = moved ? stability : 0;
    if (!is_plain(visit)) return lateness * std::abs(start - target_at(visit, start)) + outside_points(visit, start) + promise;
    const int off = start > target[visit] ? start - target[visit] : target[visit] - start;
    return lateness * off + promise;
  }

  Points contract_points(int carer, int work) const {
    const int owed = guaranteed[carer];
    if (work < owed) return shortfall * (owed - work);
    return owed > 0 ? overtime * (work - owed) : 0;
  }

  Points extra_carer_points(int client, int different) const {
    return extra_carer * std::max(0, different - target_carers[client]);
  }

  // Points of pain for being at work in windows that the carer wishes to avoid.
  Points avoid_window_points(int carer, int start, int end) const {
    Points sum = 0;
    for (int row = avoid_begin[carer]; row < avoid_begin[carer + 1]; ++row) {
      const int from = start % kDay, to = from + (end - start);
      sum += avoid_points[row] * std::max(0, std::min(to, avoid_to[row]) - std::max(from, avoid_from[row]));
    }
    return sum;
  }

 private:
  std::vector<std::uint8_t> plain_;
  std::vector<Travel> travel_, back_;
  std::vector<std::int16_t> offer_row_;  // visits x carers: place among the visit's offers, or -1

  void collect_plain();
  void collect_travel();
  void collect_followers();
  void collect_client_visits();
  void collect_known();
  void collect_offers();
  bool best_stretch(int visit, int range, Offer& offer) const;
  int minutes_apart(int visit, int other) const;
  void collect_neighbours();
};

inline void Problem::collect_plain() {
  plain_.resize(visits);
  for (int v = 0; v < visits; ++v) {
    const int row = range_begin[v];
    const bool is_single = range_begin[v + 1] - row == 1;
    plain_[v] = is_single && range_soft_from[row] == range_from[row] && range_soft_to[row] == range_to[row];
  }
}

inline void Problem::collect_travel() {
  const std::size_t table = static_cast<std::size_t>(places) * places, size = table * modes;
  travel_.resize(size), back_.resize(size);
  for (int m = 0; m < modes; ++m)
    for (int a = 0; a < places; ++a)
      for (int b = 0; b < places; ++b) {
        const Travel minutes = std::min(kTooFar, travel_minutes[m * table + a * places + b]);
        travel_[m * table + a * places + b] = minutes;
        back_[m * table + b * places + a] = minutes;
      }
}

inline void Problem::collect_followers() {
  follower_begin.assign(visits + 1, 0);
  for (int v = 0; v < visits; ++v)
    if (after_visit[v] >= 0) ++follower_begin[after_visit[v] + 1];
  for (int v = 0; v < visits; ++v) follower_begin[v + 1] += follower_begin[v];
  followers.resize(follower_begin[visits]);
  std::vector<std::int32_t> next(follower_begin.begin(), follower_begin.end() - 1);
  for (int v = 0; v < visits; ++v)
    if (after_visit[v] >= 0) followers[next[after_visit[v]]++] = v;
}

inline void Problem::collect_client_visits() {
  client_begin.assign(clients + 1, 0);
  for (int v = 0; v < visits; ++v) ++client_begin[visit_client[v] + 1];
  for (int k = 0; k < clients; ++k) client_begin[k + 1] += client_begin[k];
  client_visits.resize(visits);
  std::vector<std::int32_t> next(client_begin.begin(), client_begin.end() - 1);
  for (int v = 0; v < visits; ++v) client_visits[next[visit_client[v]]++] = v;
}

inline void Problem::collect_known() {
  known = CarerSets(clients, carers);
  for (int k = 0; k < clients; ++k)
    for (int c = 0; c < carers; ++c)
      if (familiar[static_cast<std::size_t>(k) * carers + c]) add_carer(known.row(k), c);
}

inline void Problem::collect_offers() {
  offer_begin.assign(1, 0);
  offers.clear();
  offer_row_.assign(static_cast<std::size_t>(visits) * carers, kNone);
  may_come = CarerSets(visits, carers);
  for (int v = 0; v < visits; ++v) {
    const std::uint8_t* may = allowed + static_cast<std::size_t>(visit_requirement[v]) * carers;
    const std::uint8_t* knows = familiar + static_cast<std::size_t>(visit_client[v]) * carers;
    for (int c = 0; c < carers; ++c) {
      if (!may[c]) continue;
      const bool chosen = c == lock_carer[2 * v] || c == lock_carer[2 * v + 1];
      if (locked[v] && !chosen) continue;
      Offer row{c, 0, 0, static_cast<std::int32_t>(knows[c] ? 0 : unfamiliar)};
      if (c == published_carer[2 * v] || c == published_carer[2 * v + 1])
        row.points -= static_cast<std::int32_t>(stability);
      std::int16_t& first = offer_row_[static_cast<std::size_t>(v) * carers + c];
      for (int range = range_begin[v]; range < range_begin[v + 1]; ++range) {
        if (!best_stretch(v, range, row)) continue;
        if (first < 0) first = static_cast<std::int16_t>(offers.size() - offer_begin[v]);
        offers.push_back(row);
        add_carer(may_come.row(v), c);
      }
    }
    offer_begin.push_back(static_cast<std::int32_t>(offers.size()));
  }
}

// One stretch of possible starts is kept of each window: the one that holds the promised start, else
// the one nearest to the target. Two only arise when the carer's hours meet inside one visit's window.
inline bool Problem::best_stretch(int v, int range, Offer& offer) const {
  int wanted = range_target[range], best_off = kWeek + 1;
  if (published_start[v] >= 0) wanted = published_start[v];
  for (int w = window_begin[offer.carer]; w < window_begin[offer.carer + 1]; ++w) {
    int from = std::max(range_from[range], window_from[w]);
    int to = std::min(range_to[range], window_to[w] - minutes[v]);
    if (start_is_fixed(v)) from = std::max(from, lock_start[v]), to = std::min(to, lock_start[v]);
    if (from > to) continue;
    const int off = std::max({0, from - wanted, wanted - to});
    if (off < best_off) best_off = off, offer.from = from, offer.to = to;
  }
  return best_off <= kWeek;
}

// Between the targets of two visits, of those windows that are nearest to each other.
inline int Problem::minutes_apart(int v, int u) const {
  if (is_plain(v) && is_plain(u)) return std::abs(target[u] - target[v]);
  int least = kWeek;
  for (int a = range_begin[v]; a < range_begin[v + 1]; ++a)
    for (int b = range_begin[u]; b < range_begin[u + 1]; ++b)
      least = std::min(least, std::abs(range_target[a] - range_target[b]));
  return least;
}

inline void Problem::collect_neighbours() {
  constexpr std::size_t kKept = 80;
  std::vector<std::vector<std::int32_t>> by_day(kDays);
  for (int v = 0; v < visits; ++v) by_day[day_of(v)].push_back(v);
  std::vector<std::pair<std::int32_t, std::int32_t>> near;
  neighbour_begin.assign(1, 0);
  for (int v = 0; v < visits; ++v) {
    near.clear();
    for (int u : by_day[day_of(v)]) {
      if (u == v) continue;
      // Mode 0's travel stands for distance; three minutes of time count like two of travel.
      const int apart = travel_minutes[place_of(v) * places + place_of(u)];
      const int later = minutes_apart(v, u);
      if (later <= 240) near.emplace_back(3 * apart + 2 * later, u);
    }
    const std::size_t kept = std::min(kKept, near.size());
    std::partial_sort(near.begin(), near.begin() + kept, near.end());
    for (std::size_t i = 0; i < kept; ++i) neighbours.push_back(near[i].second);
    neighbour_begin.push_back(static_cast<std::int32_t>(neighbours.size()));
  }
}

}  // namespace rota
