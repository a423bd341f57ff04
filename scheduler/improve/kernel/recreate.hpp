// Putting open visits back, each where it costs least.
#pragma once

#include "insertion.hpp"
#include "patience.hpp"

namespace rota {

class Recreate {
 public:
  Recreate(Week& week, Random& random, Patience& long_looks)
      : week_(week), random_(random), long_looks_(long_looks), insertion_(week), words_(week.problem.known.words()), likely_(words_) {}

  // Carers who lost visits in this round, or nothing.
  const std::vector<std::int32_t>* cleared = nullptr;
  // Carers who are left out of the round in progress with this chance, so that the cheapest place is
  // not always taken ("blinks").
  int blink_per_mille = 0;
  // Nobody, or a carer who is to be kept free on a day in this round.
  int banned_carer = kNone, banned_day = kNone;

  // Give the visit its team where that costs less than leaving it open.
  bool place(int v) {
    const bool is_placed = place_team(v);
    long_looks_.tried(v, is_placed);
    return is_placed;
  }

 private:
  bool place_team(int v) {
    if (week_.problem.team[v] == 1) return place_single(v);
    if (week_.visit(v).given() == 1) {
      if (place_single(v)) return true;
      week_.take(v, week_.visit(v).carer[0]);
    }
    return place_double(v);
  }

  bool skips(const Offer& offer, int day, int partner) {
    if (offer.carer == partner) return true;
    if (offer.carer == banned_carer && day == banned_day) return true;
    return --until_blink_ == 0 && blinks();
  }

  // One draw for the distance to the next blink is much cheaper than one draw for each carer.
  bool blinks() {
    if (!blink_per_mille) return until_blink_ = 1 << 30, false;
    until_blink_ = 1 + random_.below(2000 / blink_per_mille);
    return true;
  }

  // Whoever is likely to be cheap: known to the client, about in the neighbourhood at that time, or
  // cleared in this round. Looking at these first makes a round's work independent of how many carers
  // there are, and finds better places than looking at everybody: what is near stays together.
  void collect_likely(int v) {
    constexpr int kNearest = 40;
    const Problem& problem = week_.problem;
    const int client = problem.visit_client[v];
    std::copy_n(problem.known.row(client), words_, likely_.begin());
    const auto add_team = [&](const VisitState& visit) {
      if (visit.carer[0] >= 0) add_carer(likely_.data(), visit.carer[0]);
      if (visit.carer[1] >= 0) add_carer(likely_.data(), visit.carer[1]);
    };
    for (int row = problem.client_begin[client]; row < problem.client_begin[client + 1]; ++row)
      add_team(week_.visit(problem.client_visits[row]));
    const int last = std::min(problem.neighbour_begin[v + 1], problem.neighbour_begin[v] + kNearest);
    for (int row = problem.neighbour_begin[v]; row < last; ++row) add_team(week_.visit(problem.neighbours[row]));
    if (cleared)
      for (int c : *cleared) add_carer(likely_.data(), c);
  }

  // Call `look` for the likely carers, and for all others when `is_dear` says afterwards that nobody
  // suits well, or now and then anyway. What nobody could take so often is seldom worth the long look.
  template <typename Look, typename IsDear>
  void look_around(int v, const Look& look, const IsDear& is_dear) {
    const Problem& problem = week_.problem;
    const std::int16_t* longest = week_.longest(problem.day_of(v));
    const Word* may_come = problem.may_come.row(v);
    const Word* known = problem.known.row(problem.visit_client[v]);
    const auto look_at = [&](int c) {
      if (longest[c] >= problem.minutes[v]) problem.each_offer(v, c, look);
    };
    collect_likely(v);
    // The known first: they cost least, and what costs more is soon seen not to be worth a look.
    for_each_carer(words_, [&](int i) { return known[i] & may_come[i]; }, look_at);
    for_each_carer(words_, [&](int i) { return likely_[i] & ~known[i] & may_come[i]; }, look_at);
    if (is_dear() ? !long_looks_.holds(v, random_) : !random_.chance(20)) return;
    for_each_carer(words_, [&](int i) { return may_come[i] & ~likely_[i]; }, look_at);
  }

  bool place_single(int v) {
    const Wanted wanted(week_, v);
    const int partner = week_.visit(v).carer[0];
    Slot best;
    best.cost = week_.problem.unassigned[v];
    const auto look = [&](const Offer& offer) {
      if (!skips(offer, wanted.day, partner)) insertion_.consider(wanted, offer, partner < 0, best);
    };
    look_around(v, look, [&] { return best.cost > week_.problem.unassigned[v] / 2; });
    if (!best.offer) return false;
    fill(week_, insertion_, wanted, best);
    return true;
  }

  struct Possible {
    Points cost;
    const Offer* offer;
    int start;
  };

  bool place_double(int v) {
    Wanted wanted(week_, v);
    possible_.clear();
    Points cheapest = kNever, second_cheapest = kNever;
    const auto look = [&](const Offer& offer) {
      if (skips(offer, wanted.day, kNone)) return;
      Slot slot;
      insertion_.consider(wanted, offer, true, slot);
      if (!slot.offer) return;
      possible_.push_back({slot.cost, slot.offer, slot.start});
      if (slot.cost < cheapest) second_cheapest = cheapest, cheapest = slot.cost;
      else second_cheapest = std::min(second_cheapest, slot.cost);
    };
    look_around(v, look, [&] { return second_cheapest > week_.problem.unassigned[v] / 4; });
    if (possible_.size() < 2) return false;
    std::sort(possible_.begin(), possible_.end(), [](const Possible& a, const Possible& b) {
      return a.cost != b.cost ? a.cost < b.cost : a.offer->carer < b.offer->carer;
    });
    collect_starts(wanted);
    Slot first, second;
    Points least = week_.problem.unassigned[v];
    for (int start : starts_) try_start(wanted, start, least, first, second);
    if (!first.offer) return false;
    wanted.from = wanted.to = first.start;
    fill(week_, insertion_, wanted, first);
    if (second.shifts) {
      // What gave way for the first may be what the second's neighbours must come after.
      Slot again;
      insertion_.consider(wanted, *second.offer, false, again);
      if (!again.offer) return week_.take(v, first.offer->carer), false;
      second = again;
    }
    fill(week_, insertion_, wanted, second);
    return true;
  }

  // Both must start together: try what suits the target and what suits the likeliest carers best.
  void collect_starts(const Wanted& wanted) {
    constexpr std::size_t kStarts = 6;
    starts_.clear();
    starts_.push_back(std::clamp(wanted.aim, wanted.from, wanted.to));
    for (const Possible& row : possible_) {
      if (starts_.size() == kStarts) break;
      if (std::find(starts_.begin(), starts_.end(), row.start) == starts_.end()) starts_.push_back(row.start);
    }
  }

  void try_start(Wanted wanted, int start, Points& least, Slot& best_first, Slot& best_second) {
    const Points start_points = week_.problem.start_points(wanted.visit, start);
    wanted.from = wanted.to = start;
    Slot first, second;
    for (const Possible& row : possible_) {
      const Points at_least = row.cost - start_points;
      if (second.offer && at_least >= second.cost) break;
      if (start_points + at_least + (first.offer ? first.cost : at_least) >= least) break;
      Slot slot;
      slot.cost = second.cost;
      insertion_.consider(wanted, *row.offer, false, slot);
      if (!slot.offer) continue;
      if (slot.cost < first.cost) second = first, first = slot;
      else second = slot;
    }
    if (!second.offer) return;
    // Two new faces for the client may cost more than each of them alone.
    Points cost = first.cost + second.cost + start_points + joint_points(wanted.client, first, second);
    if (cost < least) least = cost, best_first = first, best_second = second;
  }

  Points joint_points(int client, const Slot& first, const Slot& second) const {
    if (week_.visits_to(client, first.offer->carer) || week_.visits_to(client, second.offer->carer)) return 0;
    const int different = week_.different_carers(client);
    const auto points = [&](int n) { return week_.problem.extra_carer_points(client, n); };
    return points(different + 2) - 2 * points(different + 1) + points(different);
  }

  Week& week_;
  Random& random_;
  Patience& long_looks_;
  Insertion insertion_;
  int until_blink_ = 1;
  int words_;
  std::vector<Word> likely_;  // the set in question; of known carers also those who cannot come
  std::vector<Possible> possible_;
  std::vector<int> starts_;
};

}  // namespace rota
