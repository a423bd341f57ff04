// Finding the best place for a job: many places are estimated, the few most promising are tried exactly.
#pragma once

#include <array>
#include <limits>

#include "../kernel/random.hpp"
#include "plan.hpp"

namespace soft {

constexpr std::int64_t kFar = INT64_MAX / 4;

struct Gap {
  std::int64_t guess;
  std::int32_t after, ready;
};

// The few best of many, cheapest first.
template <int kMost>
struct Shortlist {
  int size = 0;
  std::array<Gap, kMost> gaps;
  std::int64_t bar() const { return size < kMost ? kFar : gaps[kMost - 1].guess; }
  void add(const Gap& gap) {
    if (gap.guess >= bar()) return;
    int at = size < kMost ? size++ : kMost - 1;
    for (; at > 0 && gaps[at - 1].guess > gap.guess; --at) gaps[at] = gaps[at - 1];
    gaps[at] = gap;
  }
};

class Insertion {
 public:
  Insertion(Plan& plan, rota::Random& random) : plan_(plan), problem_(plan.problem), random_(random) {}

  int blink_per_mille = 10;

  // Put a job where it costs least; false (and nothing changed) where it stays out.
  bool place(int j) {
    find_idlest();
    const bool done = problem_.is_simple(j) ? place_simple(j) : place_pattern(j);
    if (done) {
      plan_.charge_left_out(j, -1);
      plan_.settle();
    }
    return done;
  }

 private:
  static constexpr int kTried = 3, kListed = 8;

  bool place_simple(int j) {
    const Plan::Mark before = plan_.mark();
    const std::int64_t without = plan_.total();
    for (int part = problem_.part_begin[j]; part < problem_.part_begin[j + 1]; ++part) {
      const int unit = problem_.unit[part];
      const bool tied = problem_.second[unit] >= 0;
      if (tied && part != problem_.first[unit]) continue;
      if (!(tied ? place_pair(unit) : place_single(part))) {
        plan_.take_back(before);
        return false;
      }
    }
    if (plan_.total() - without >= problem_.left_out[j] || plan_.total() >= without + kBreach / 2) {
      plan_.take_back(before);
      return false;
    }
    return true;
  }

  bool place_single(int part) {
    Shortlist<kTried> list;
    collect(part, problem_.choice_day[problem_.choice_at[problem_.job[part]]], INT32_MIN, list);
    const std::int64_t without = plan_.total();
    std::int64_t best = INT64_MAX;
    int chosen = kNone;
    for (int i = 0; i < list.size; ++i) {
      const Plan::Mark mark = plan_.mark();
      const std::int64_t total = put(part, list.gaps[i]);
      if (total < best) best = total, chosen = i;
      // What is guessed leaves out what others suffer: a dearer guess will not turn out cheaper.
      const bool over = i + 1 == list.size || list.gaps[i + 1].guess >= best - without;
      if (over && chosen == i) return true;
      if (over) i = list.size;
      plan_.take_back(mark);
    }
    return chosen >= 0 && put(part, list.gaps[chosen]) < INT64_MAX;
  }

  std::int64_t put(int part, const Gap& gap) {
    plan_.link(part, gap.after);
    if (!plan_.rank(problem_.unit[part], static_cast<std::int64_t>(gap.ready) << 20)) return INT64_MAX;
    return plan_.settle();
  }

  bool place_pair(int unit) {
    const int a = problem_.first[unit], b = problem_.second[unit];
    const int day = problem_.choice_day[problem_.choice_at[problem_.job[a]]];
    Shortlist<kListed> one, two;
    collect(a, day, problem_.open(b) - problem_.most_gap[unit], one);
    collect(b, day, problem_.open(a) + problem_.least_gap[unit], two);
    struct Both { std::int64_t guess; int one, two; };
    std::array<Both, kTried + 1> best;
    int found = 0;
    for (int i = 0; i < one.size; ++i)
      for (int k = 0; k < two.size; ++k) {
        const Gap &x = one.gaps[i], &y = two.gaps[k];
        if (plan_.route[x.after] == plan_.route[y.after]) continue;
        const int first = std::max(x.ready, y.ready - problem_.most_gap[unit]);
        const int second = std::max(y.ready, first + problem_.least_gap[unit]);
        const std::int64_t guess = (first == x.ready ? x.guess : guess_at(a, x.after, first)) +
                                   (second == y.ready ? y.guess : guess_at(b, y.after, second));
        if (found == kTried + 1 && guess >= best[found - 1].guess) continue;
        int at = found < kTried + 1 ? found++ : found - 1;
        for (; at > 0 && best[at - 1].guess > guess; --at) best[at] = best[at - 1];
        best[at] = {guess, i, k};
      }
    const std::int64_t without = plan_.total();
    std::int64_t least = INT64_MAX;
    int chosen = kNone;
    for (int i = 0; i < found; ++i) {
      const Plan::Mark mark = plan_.mark();
      const std::int64_t total = put_pair(unit, one.gaps[best[i].one], two.gaps[best[i].two]);
      if (total < least) least = total, chosen = i;
      const bool over = i + 1 == found || best[i + 1].guess >= least - without;
      if (over && chosen == i) return true;
      if (over) i = found;
      plan_.take_back(mark);
    }
    return chosen >= 0 && put_pair(unit, one.gaps[best[chosen].one], two.gaps[best[chosen].two]) < INT64_MAX;
  }

  std::int64_t put_pair(int unit, const Gap& x, const Gap& y) {
    plan_.link(problem_.first[unit], x.after);
    plan_.link(problem_.second[unit], y.after);
    if (!plan_.rank(unit, static_cast<std::int64_t>(std::max(x.ready, y.ready)) << 20)) return INT64_MAX;
    return plan_.settle();
  }

  template <int kMost>
  void collect(int part, int day, int not_before, Shortlist<kMost>& list) {
    for (int carer : problem_.able[part]) collect_route(part, carer * problem_.days + day, not_before, list);
  }

  template <int kMost>
  void collect_route(int part, int r, int not_before, Shortlist<kMost>& list) {
    const int carer = plan_.carer_of(r);
    const std::int64_t fixed = problem_.dislike[part * problem_.carers + carer] - idle_gain(r, problem_.minutes[part]);
    const int tail = plan_.tail(r);
    if (problem_.is_break(part)) {
      for (int after = plan_.head(r); after != tail; after = plan_.next[after]) {
        const std::int64_t guess = fixed + guess_break(part, after);
        if (guess < kFar) list.add({guess, after, plan_.start[part]});
      }
      return;
    }
    const std::int32_t *to = problem_.into(problem_.place[part]), *from = problem_.out_of(problem_.place[part]);
    for (int after = plan_.head(r); after != tail; after = plan_.next[after]) {
      const int before = plan_.next[after];
      const int pa = plan_.place[after], pb = plan_.place[before];
      const int straight = before == tail && after == plan_.head(r) ? 0 : problem_.leg(pa, pb);
      const int detour = to[pa] + from[pb] - straight;
      const std::int64_t least = problem_.prices[kTravel] * detour + fixed;
      if (least >= list.bar()) continue;
      if (blink_per_mille > 0 && random_.chance(blink_per_mille)) continue;
      if (problem_.longest[r] >= 0 && plan_.cost[r].load + detour + problem_.minutes[part] > problem_.longest[r]) continue;
      const int there = plan_.is_part(after) ? plan_.start[after] + problem_.minutes[after] : problem_.begins[r];
      const int ready = problem_.start_from(part, std::max(there + to[pa], not_before));
      list.add({least + guess_rest(part, after, there + to[pa], ready, list.bar() - least), after, ready});
    }
  }

  // The whole price of a place when the part starts at `begin`.
  std::int64_t guess_at(int part, int after, int begin) const {
    const int r = plan_.route[after], before = plan_.next[after];
    const int pa = plan_.place[after], pb = plan_.place[before], here = problem_.place[part];
    const int straight = before == plan_.tail(r) && after == plan_.head(r) ? 0 : problem_.leg(pa, pb);
    const std::int64_t detour = problem_.leg(pa, here) + problem_.leg(here, pb) - straight;
    return problem_.prices[kTravel] * detour + problem_.dislike[part * problem_.carers + plan_.carer_of(r)] -
           idle_gain(r, problem_.minutes[part]) + guess_rest(part, after, plan_.ready_at(after, here), begin);
  }

  // What lateness and waiting would cost: of the part itself, and of those behind it until the delay is used up.
  std::int64_t guess_rest(int part, int after, int ready, int begin, std::int64_t bar = kFar) const {
    const int r = plan_.route[after];
    std::int64_t guess = problem_.prices[kLate] * problem_.late(part, begin);
    const std::int64_t waiting = problem_.prices[kWaiting];
    if (waiting == 0 && guess >= bar) return guess;
    if (plan_.is_part(after)) guess += waiting * (begin - ready);
    const int before = plan_.next[after];
    const int free = begin + problem_.minutes[part];
    if (plan_.is_part(before)) {
      const int arrives = free + problem_.leg(problem_.place[part], plan_.place[before]);
      if (waiting) {
        if (plan_.is_part(after)) guess -= waiting * (plan_.start[before] - plan_.ready_at(after, plan_.place[before]));
        guess += waiting * std::max(0, plan_.start[before] - arrives);
      }
      guess += guess_delay(before, arrives - plan_.start[before], bar - guess);
    } else if (problem_.prices[kOvertime]) {
      const int home = free + problem_.leg(problem_.place[part], plan_.place[before]);
      const int was = plan_.is_part(after) ? plan_.ready_at(after, plan_.place[before]) : 0;
      guess += problem_.prices[kOvertime] * (std::max(0, home - problem_.ends[r]) - std::max(0, was - problem_.ends[r]));
    }
    return guess;
  }

  // A delay along one route until waiting has used it up; what it does to others is left to the exact trial.
  std::int64_t guess_delay(int node, int delay, std::int64_t bar = kFar) const {
    std::int64_t guess = 0;
    // Beyond the bar nobody asks how much; waiting that is saved further on may still pull it back.
    while (delay > 0 && plan_.is_part(node) && guess < bar + problem_.prices[kWaiting] * delay) {
      if (problem_.prices[kWaiting] == 0 && delay <= plan_.free[node]) return guess;
      const int start = plan_.start[node];
      if (problem_.is_break(node)) {
        if (start + delay > problem_.last_start[node]) return kBreach;
      } else {
        guess += problem_.prices[kLate] * (problem_.late(node, start + delay) - problem_.late(node, start));
      }
      const int next = plan_.next[node];
      const int slack = plan_.is_part(next) ? plan_.wait[next] : 0;
      delay -= slack;
      if (delay > 0 && slack > 0) guess -= problem_.prices[kWaiting] * slack;
      else if (delay <= 0) guess -= problem_.prices[kWaiting] * (delay + slack);
      node = next;
    }
    if (delay > 0 && problem_.prices[kOvertime] && !plan_.is_part(node)) {
      const int r = plan_.route[node], last = plan_.prev[node];
      const int home = plan_.ready_at(last, plan_.place[node]);
      guess += problem_.prices[kOvertime] * (std::max(0, home + delay - problem_.ends[r]) - std::max(0, home - problem_.ends[r]));
    }
    return guess;
  }

  std::int64_t guess_break(int part, int after) const {
    const int before = plan_.next[after];
    const int where = plan_.is_part(before) ? plan_.place[before] : plan_.place[after];
    int begin = std::max(problem_.open(part), plan_.ready_at(after, where));
    if (begin > problem_.last_start[part]) begin = std::max(problem_.open(part), plan_.ready_at(after, plan_.place[after]));
    if (begin > problem_.last_start[part]) return INT64_MAX;
    if (!plan_.is_part(before)) return problem_.prices[kWaiting] * std::max(0, begin - plan_.ready_at(after, where));
    const int arrives = begin + problem_.minutes[part];
    return guess_delay(before, arrives - plan_.start[before]);
  }

  // The idlest carers' idle time has a price: more to do for them is worth that much.
  std::int64_t idle_gain(int r, int minutes) const {
    if (problem_.prices[kIdle] == 0) return 0;
    const int idle = plan_.cost[r].idle;
    std::int64_t gain = 0;
    for (int i = 0; i < Plan::kIdlest && idle <= idlest_[i]; ++i) {
      if (i + 1 < Plan::kIdlest && idle <= idlest_[i + 1]) continue;
      // At rank i: what is given first lowers this rank, then the next ones.
      int left = minutes, level = idle;
      for (int k = i; k < Plan::kIdlest && left > 0; ++k) {
        const int below = k + 1 < Plan::kIdlest ? idlest_[k + 1] : level - left;
        const int step = std::min(left, level - below);
        gain += static_cast<std::int64_t>(step) * plan_.idle_weight[k];
        left -= step, level -= step;
      }
    }
    return problem_.prices[kIdle] * gain / Plan::kWeights;
  }

  void find_idlest() {
    if (problem_.prices[kIdle]) idlest_ = plan_.idlest();
  }

  // Choose days and carers of a whole job together: the best place on each carer's day for each part, then
  // the cheapest pattern and the cheapest few carers for it.
  bool place_pattern(int j) {
    const int begin = problem_.part_begin[j], count = problem_.parts_of(j), carers = problem_.carers, days = problem_.days;
    places_.assign(static_cast<std::size_t>(count) * carers * days, Gap{kUnknown, kNone, 0});
    std::int64_t best = INT64_MAX;
    std::vector<Gap>& chosen = chosen_;
    chosen.clear();
    for (int choice = 0; choice < problem_.choice_begin[j + 1] - problem_.choice_begin[j]; ++choice) {
      const std::int32_t* day = problem_.choice_day + problem_.choice_at[j] + choice * count;
      for (int one = 0; one < carers; ++one)
        for (int two = problem_.most_carers[j] == 1 ? one : one + (carers > 1); two < std::max(carers, 1) && two >= one; ++two) {
          std::int64_t sum = 0;
          for (int i = 0; i < count && sum < best; ++i) {
            const std::int64_t cheaper = std::min(place_on(begin, i, one, day[i]).guess, place_on(begin, i, two, day[i]).guess);
            sum = cheaper >= kNowhere ? INT64_MAX : sum + cheaper;
          }
          // Among equals any may win, or the search would try the same ones for ever.
          if (sum >= best || random_.chance(blink_per_mille)) continue;
          best = sum;
          chosen.clear();
          for (int i = 0; i < count; ++i) {
            const Gap &x = place_on(begin, i, one, day[i]), &y = place_on(begin, i, two, day[i]);
            chosen.push_back(x.guess <= y.guess ? x : y);
          }
        }
    }
    if (chosen.empty()) return false;
    const Plan::Mark before = plan_.mark();
    const std::int64_t without = plan_.total();
    for (int i = 0; i < count; ++i) {
      if (put(begin + i, chosen[i]) < without + std::min(problem_.left_out[j], kBreach / 2)) continue;
      plan_.take_back(before);
      return false;
    }
    return true;
  }

  const Gap& place_on(int begin, int i, int carer, int day) {
    Gap& gap = places_[(static_cast<std::size_t>(i) * problem_.carers + carer) * problem_.days + day];
    if (gap.guess != kUnknown) return gap;
    gap.guess = kNowhere;
    if (problem_.dislike[(begin + i) * problem_.carers + carer] < 0) return gap;
    Shortlist<1> list;
    collect_route(begin + i, carer * problem_.days + day, INT32_MIN, list);
    if (list.size) {
      gap = list.gaps[0];
      gap.guess = (gap.guess << 8) + random_.below(256);
    }
    return gap;
  }

  static constexpr std::int64_t kUnknown = INT64_MIN, kNowhere = INT64_MAX / 8;

  Plan& plan_;
  const Problem& problem_;
  rota::Random& random_;
  std::array<int, Plan::kIdlest> idlest_{};
  std::vector<Gap> places_, chosen_;
};

}  // namespace soft
