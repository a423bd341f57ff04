// Taking visits out so that they can be put back better: one function for each kind of ruin.
#pragma once

#include "random.hpp"
#include "territory.hpp"

namespace rota {

class Ruin {
 public:
  Ruin(Week& week, const Territory& territory, Random& random)
      : week_(week), territory_(territory), random_(random), day_stamp_(week.problem.carers * kDays),
        visit_stamp_(week.problem.visits) {}

  std::vector<std::int32_t> removed;       // open now, in the order in which they were taken out
  std::vector<std::int32_t> cleared;       // carers who lost visits, some of them more than once
  int urgent = 0;                          // the first so many are put back first
  int banned_carer = kNone, banned_day = kNone;

  void begin() {
    removed.clear();
    cleared.clear();
    urgent = 0;
    banned_carer = banned_day = kNone;
    ++stamp_;
  }

  // Strings of visits near the seed, one from each of a few carers' days.
  void strings_near(int seed, int mean_removed) {
    const Problem& problem = week_.problem;
    constexpr int kLongest = 6;
    const int strings = random_.between(1, std::max(1, 4 * mean_removed / (1 + kLongest)));
    int done = 0;
    if (week_.visit(seed).given()) done += string_around(seed, kLongest);
    else add(seed), remove_linked(seed);
    for (int row = problem.neighbour_begin[seed]; row < problem.neighbour_begin[seed + 1] && done < strings; ++row) {
      const int v = problem.neighbours[row];
      if (territory_.may_move[v] && week_.visit(v).given()) done += string_around(v, kLongest);
    }
  }

  // A client's visits at about the same time on all days, and what one carer does then.
  void client_slot(int seed) {
    const Problem& problem = week_.problem;
    const int client = problem.visit_client[seed], clock = problem.target[seed] % kDay;
    const int chosen = carer_for(seed);
    slot_.clear();
    for (int row = problem.client_begin[client]; row < problem.client_begin[client + 1]; ++row) {
      const int v = problem.client_visits[row];
      const int off = std::abs(problem.target[v] % kDay - clock);
      if (territory_.may_move[v] && off <= 90) slot_.push_back(v);
    }
    for (int v : slot_) remove(v);
    urgent = static_cast<int>(removed.size());
    if (chosen < 0) return;
    for (int v : slot_) {
      const DayRoute& route = week_.route(chosen, problem.day_of(v));
      for (int i = route.count - 1; i >= 0; --i) {
        const Stop& stop = route.stops[i];
        const bool meets = stop.start < problem.target[v] + problem.minutes[v] + 20 && problem.target[v] < stop.end + 20;
        if (meets && territory_.may_move[stop.visit]) remove(stop.visit);
      }
    }
  }

  // All of some carers' visits of one day; the first of them may be given the day off.
  void whole_days(int seed, int carers) {
    const Problem& problem = week_.problem;
    const int day = problem.day_of(seed);
    int done = 0;
    const auto clear = [&](int c) {
      if (!is_fresh(c, day)) return;
      clear_day(c, day);
      if (done++ == 0 && random_.chance(300)) banned_carer = c, banned_day = day;
    };
    if (!week_.visit(seed).given()) add(seed);
    for (int c : week_.visit(seed).carer)
      if (c >= 0) clear(c);
    for (int row = problem.neighbour_begin[seed]; row < problem.neighbour_begin[seed + 1] && done < carers; ++row) {
      const int v = problem.neighbours[row];
      const int c = week_.visit(v).carer[0];
      if (c >= 0) clear(c);
    }
    // Nobody is about: what keeps the seed open is at other hours of somebody's day.
    for (int draw = 0; draw < 12 && has_offers(seed) && done == 0; ++draw) {
      const int c = drawn_offer(seed).carer;
      if (week_.route(c, day).count) clear(c);
    }
  }

  // A day off for a day of work: somebody who has the seed's day off, and could make the visit, is
  // cleared on another day and kept free there. Without this a week's pattern of days hardly changes.
  void move_day(int seed) {
    const int day = week_.problem.day_of(seed);
    for (int draw = 0; draw < 12 && has_offers(seed); ++draw) {
      const int c = drawn_offer(seed).carer;
      if (week_.route(c, day).count || week_.limits(c).is_closed) continue;
      const int other = random_.below(kDays);
      if (!week_.route(c, other).count) continue;
      clear_day(c, other);
      if (week_.route(c, other).count == 0) banned_carer = c, banned_day = other;
      break;
    }
    strings_near(seed, 6);
  }

  // One carer's days of the week, each with some chance.
  void carer_week(int c) {
    const int chance = random_.between(300, 1000);
    for (int d = 0; d < kDays; ++d)
      if (random_.chance(chance)) clear_day(c, d);
  }

  void add(int v) {
    if (visit_stamp_[v] == stamp_) return;
    visit_stamp_[v] = stamp_;
    removed.push_back(v);
  }

 private:
  bool is_fresh(int c, int day) {
    std::uint32_t& stamp = day_stamp_[c * kDays + day];
    if (stamp == stamp_) return false;
    stamp = stamp_;
    return true;
  }

  void take_all(std::span<const int> visits, int c) {
    week_.take_all(visits, c);
    if (cleared.empty() || cleared.back() != c) cleared.push_back(c);
  }

  // Take a visit off everybody but, if somebody is named, them.
  void take_others(int v, int c = kNone) {
    const VisitState state = week_.visit(v);
    for (int other : state.carer)
      if (other >= 0 && other != c) take_all(std::span(&v, 1), other);
  }

  void remove(int v) {
    take_others(v);
    add(v);
  }

  // What must come before or after an open visit may be what keeps it open, at any hour of the day.
  void remove_linked(int v) {
    const Problem& problem = week_.problem;
    const auto remove_other = [&](int other) {
      if (territory_.may_move[other]) remove(other);
    };
    if (problem.after_visit[v] >= 0) remove_other(problem.after_visit[v]);
    for (int row = problem.follower_begin[v]; row < problem.follower_begin[v + 1]; ++row)
      remove_other(problem.followers[row]);
  }

  void clear_day(int c, int day) {
    const DayRoute& route = week_.route(c, day);
    string_.clear();
    for (int i = route.count - 1; i >= 0; --i)
      if (territory_.may_move[route.stops[i].visit]) string_.push_back(route.stops[i].visit);
    remove_string(c, false);
  }

  // Take these visits of one carer's day out; double-ups keep their other carers, or do not.
  void remove_string(int c, bool keeps_partners) {
    if (string_.empty()) return;
    if (!keeps_partners)
      for (int v : string_) take_others(v, c);
    take_all(string_, c);
    for (int v : string_) add(v);
  }

  // Remove a run of visits around this one from one carer's day. Half of the time a double-up keeps
  // its other carer, who then waits at that start for a new partner.
  int string_around(int v, int longest) {
    const Problem& problem = week_.problem;
    const int day = problem.day_of(v);
    const VisitState state = week_.visit(v);
    const int c = state.given() == 2 ? state.carer[random_.below(2)] : state.carer[0];
    if (!is_fresh(c, day)) return 0;
    const DayRoute& route = week_.route(c, day);
    const int length = random_.between(1, std::min(longest, route.count));
    const int at = route.find(v);
    const int first = std::min(at - random_.below(std::min(length, at + 1)), route.count - length);
    string_.clear();
    for (int i = first; i < std::min(route.count, first + length); ++i)
      if (territory_.may_move[route.stops[i].visit]) string_.push_back(route.stops[i].visit);
    remove_string(c, random_.chance(500));
    return 1;
  }

  bool has_offers(int v) const { return week_.problem.offer_begin[v] < week_.problem.offer_begin[v + 1]; }

  const Offer& drawn_offer(int v) {
    const int first = week_.problem.offer_begin[v];
    return week_.problem.offers[first + random_.below(week_.problem.offer_begin[v + 1] - first)];
  }

  int carer_for(int seed) {
    if (!has_offers(seed)) return kNone;
    // Somebody whom the client knows, where a few draws find one.
    int chosen = kNone;
    for (int draw = 0; draw < 8; ++draw) {
      const Offer& offer = drawn_offer(seed);
      if (chosen < 0 || offer.points <= 0) chosen = offer.carer;
      if (offer.points <= 0) break;
    }
    return chosen;
  }

  Week& week_;
  const Territory& territory_;
  Random& random_;
  std::vector<std::uint32_t> day_stamp_, visit_stamp_;
  std::vector<std::int32_t> string_, slot_;
  std::uint32_t stamp_ = 0;
};

}  // namespace rota
