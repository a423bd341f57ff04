// A plan: who serves what in which order. Times follow from the orders; every change can be taken back.
#pragma once

#include <array>

#include "problem.hpp"

namespace soft {

struct RouteCost {
  std::int64_t money = 0;
  std::int32_t latest = 0, idle = 0, breaches = 0, load = 0;
};

// Nodes are the parts, then a head and a tail for each route. The units (a part, or two tied by a rule on
// their starts) carry labels that grow along every route, so that times can be worked out unit by unit
// and an order that would make two carers wait for each other is noticed when it is made.
class Plan {
 public:
  explicit Plan(const Problem& problem)
      : problem(problem), nodes_(problem.parts + 2 * problem.routes), next(nodes_), prev(nodes_), route(nodes_, kNone),
        start(nodes_, 0), place(nodes_), wait(nodes_, 0), free(nodes_, 0), label(problem.units, 0), cost(problem.routes), queued_(problem.units, 0),
        touched_(problem.routes, 0), saved_(problem.routes, 0) {
    for (int p = 0; p < problem.parts; ++p) next[p] = prev[p] = kNone, place[p] = problem.place[p];
    for (int r = 0; r < problem.routes; ++r) {
      const int h = head(r), t = tail(r);
      next[h] = t, prev[h] = kNone, prev[t] = h, next[t] = kNone;
      route[h] = route[t] = r, place[h] = problem.from[r], place[t] = problem.to[r];
      price(r);
      money += cost[r].money;
    }
    for (int j = 0; j < problem.jobs; ++j) money += problem.left_out[j];
  }

  int head(int r) const { return problem.parts + r; }
  int tail(int r) const { return problem.parts + problem.routes + r; }
  bool is_part(int node) const { return node < problem.parts; }
  bool is_in(int part) const { return route[part] >= 0; }
  bool job_in(int j) const { return is_in(problem.part_begin[j]); }
  int carer_of(int r) const { return r / problem.days; }

  // When somebody who stands at `node` could begin at a place.
  int ready_at(int node, int target) const {
    if (node >= problem.parts) return problem.begins[route[node]] + problem.leg(place[node], target);
    return start[node] + problem.minutes[node] + problem.leg(place[node], target);
  }

  // What the plan costs.
  std::int64_t exact_total() const {
    int idle = 0;
    for (const RouteCost& c : cost) idle = std::max(idle, c.idle);
    return total_without_idle() + problem.prices[kIdle] * idle;
  }

  // The same, with the idlest carer's idle time shared out among the idlest few: where several are equally
  // idle, giving work to one of them must already look better.
  std::int64_t total() const {
    std::int64_t sum = total_without_idle();
    if (problem.prices[kIdle] == 0) return sum;
    const std::array<int, kIdlest> most = idlest();
    std::int64_t shared = 0;
    for (int i = 0; i < kIdlest; ++i) shared += static_cast<std::int64_t>(most[i]) * idle_weight[i];
    return sum + problem.prices[kIdle] * shared / kWeights;
  }

  static constexpr int kIdlest = 6, kWeights = 1024;
  std::array<int, kIdlest> idle_weight{kWeights};  // in sum kWeights, falling

  std::array<int, kIdlest> idlest() const {
    std::array<int, kIdlest> most{};
    for (const RouteCost& c : cost) {
      if (c.idle <= most[kIdlest - 1]) continue;
      int at = kIdlest - 1;
      for (; at > 0 && most[at - 1] < c.idle; --at) most[at] = most[at - 1];
      most[at] = c.idle;
    }
    return most;
  }

  // `spread` 0: only the idlest counts; towards 1 the next ones count nearly as much.
  void share_idle(double spread) {
    double part = 1 - spread, sum = 0;
    for (int i = 0; i < kIdlest; ++i, part *= spread) idle_weight[i] = static_cast<int>(part * kWeights), sum += idle_weight[i];
    idle_weight[0] += kWeights - static_cast<int>(sum);
  }

  // Put a part behind a node. Times are stale until `settle`.
  void link(int part, int after) {
    const int r = route[after], before = next[after];
    set(next[after], part), set(prev[part], after), set(next[part], before), set(prev[before], part);
    set(route[part], r);
    spoil(part), spoil(before), spoil(after);
    touch(r);
  }

  void unlink(int part) {
    const int a = prev[part], b = next[part], r = route[part];
    set(next[a], b), set(prev[b], a), set(route[part], kNone);
    spoil(b), spoil(a);
    touch(r);
  }

  // Let two carers change over: what comes behind `a` goes behind `b` and the other way round. Labels still
  // grow along both routes where both cuts are made at one label.
  void swap_tails(int a, int b) {
    const int one = route[a], two = route[b], first = next[a], second = next[b];
    const int last = prev[tail(one)], end = prev[tail(two)];
    for (int node = first; is_part(node); node = next[node]) set(route[node], two);
    for (int node = second; is_part(node); node = next[node]) set(route[node], one);
    join(a, is_part(second) ? second : tail(one));
    join(b, is_part(first) ? first : tail(two));
    if (is_part(second)) join(end, tail(one));
    if (is_part(first)) join(last, tail(two));
    touch(one), touch(two);
    spoil(a), spoil(b), spoil(first), spoil(second), spoil(last), spoil(end);
  }

  void charge_left_out(int j, int sign) {
    set_money(money + sign * problem.left_out[j]);
  }

  // Give a unit whose parts have just been linked its label, pushing others on; false where carers would
  // wait for each other for ever.
  bool rank(int unit, std::int64_t wish) {
    std::int64_t low = 0, high = INT64_MAX;
    for (int part : {problem.first[unit], problem.second[unit]}) {
      if (part < 0 || !is_in(part)) continue;
      if (is_part(prev[part])) low = std::max(low, label[problem.unit[prev[part]]] + 1);
      if (is_part(next[part])) high = std::min(high, label[problem.unit[next[part]]] - 1);
    }
    set_label(unit, std::max(low, std::min(wish, high)));
    return push_from(unit);
  }

  // Work out the times that have changed and the cost of the routes concerned.
  std::int64_t settle() {
    while (!dirty_.empty()) {
      const int unit = dirty_.back().second;
      dirty_.pop_back();
      queued_[unit] = 0;
      if (is_in(problem.first[unit])) time(unit);
    }
    for (int r : touched_list_) {
      save(r);
      const std::int64_t before = cost[r].money;
      price(r);
      set_money(money + cost[r].money - before);
      touched_[r] = 0;
    }
    touched_list_.clear();
    return total();
  }

  struct Mark { std::size_t whole, labels, routes; std::int64_t money; };
  Mark mark() const { return {log_.size(), label_log_.size(), route_log_.size(), money}; }
  void take_back(const Mark& m) {
    forget_dirty();
    while (log_.size() > m.whole) *log_.back().first = log_.back().second, log_.pop_back();
    while (label_log_.size() > m.labels) label[label_log_.back().first] = label_log_.back().second, label_log_.pop_back();
    while (route_log_.size() > m.routes) cost[route_log_.back().first] = route_log_.back().second, route_log_.pop_back();
    money = m.money;
  }
  void commit() { log_.clear(), label_log_.clear(), route_log_.clear(); }

  // Bring the labels back in line with the clock. Nothing may be waiting to be taken back.
  void renumber() {
    order_.clear();
    for (int u = 0; u < problem.units; ++u)
      if (is_in(problem.first[u])) order_.push_back(u);
    std::sort(order_.begin(), order_.end(), [&](int a, int b) { return label[a] != label[b] ? label[a] < label[b] : a < b; });
    // The old order is sound: take the longest path through it, with the clock as the least label.
    for (int u : order_) {
      std::int64_t low = clock_label(problem.first[u]);
      for (int part : {problem.first[u], problem.second[u]})
        if (part >= 0 && is_part(prev[part])) low = std::max(low, label[problem.unit[prev[part]]] + 1);
      label[u] = low;
    }
  }

  std::int64_t clock_label(int part) const { return static_cast<std::int64_t>(start[part]) << 20; }

  // How far the early part of a route may set out later: waiting falls one for one, lateness rises from
  // the moment that more of the route is late than waiting is worth.
  int delay_of(int r) const { return delay(r); }

  void copy_from(const Plan& other) {
    next = other.next, prev = other.prev, route = other.route, start = other.start, place = other.place;
    wait = other.wait, free = other.free;
    label = other.label, cost = other.cost, money = other.money;
    commit();
  }

  const Problem& problem;

 private:
  const int nodes_;

 public:
  std::vector<std::int32_t> next, prev, route, start, place;
  std::vector<std::int32_t> wait;  // before a start
  std::vector<std::int32_t> free;  // about how much later a part could start at no price
  std::vector<std::int64_t> label;
  std::vector<RouteCost> cost;
  std::int64_t money = 0;

 private:
  std::int64_t total_without_idle() const {
    int latest = 0, breaches = 0;
    for (const RouteCost& c : cost) latest = std::max(latest, c.latest), breaches += c.breaches;
    return money + problem.prices[kLatest] * latest + breaches * kBreach;
  }

  void set(std::int32_t& slot, std::int32_t value) {
    log_.emplace_back(&slot, slot);
    slot = value;
  }
  void join(int a, int b) { set(next[a], b), set(prev[b], a); }
  void set_label(int unit, std::int64_t value) {
    label_log_.emplace_back(unit, label[unit]);
    label[unit] = value;
  }
  void set_money(std::int64_t value) { money = value; }
  void save(int r) { route_log_.emplace_back(r, cost[r]); }

  void touch(int r) {
    if (touched_[r]) return;
    touched_[r] = 1;
    touched_list_.push_back(r);
  }

  void spoil(int node) {
    if (!is_part(node) || !is_in(node)) return;
    const int unit = problem.unit[node];
    if (queued_[unit]) return;
    queued_[unit] = 1;
    // Kept in falling order of labels: the next one to time is at the back. Few wait at a time.
    const std::pair<std::int64_t, int> entry{label[unit], unit};
    dirty_.push_back(entry);
    for (std::size_t i = dirty_.size() - 1; i > 0 && dirty_[i - 1] < dirty_[i]; --i) std::swap(dirty_[i - 1], dirty_[i]);
  }

  void forget_dirty() {
    for (const auto& [key, unit] : dirty_) queued_[unit] = 0;
    dirty_.clear();
    for (int r : touched_list_) touched_[r] = 0;
    touched_list_.clear();
  }

  bool push_from(int unit) {
    stack_.assign(1, unit);
    bool moved = false;
    while (!stack_.empty()) {
      const int u = stack_.back();
      stack_.pop_back();
      for (int part : {problem.first[u], problem.second[u]}) {
        if (part < 0 || !is_in(part) || !is_part(next[part])) continue;
        const int v = problem.unit[next[part]];
        if (v == unit) return false;
        if (label[v] > label[u]) continue;
        set_label(v, label[u] + 1);
        moved = true;
        stack_.push_back(v);
      }
    }
    if (moved || !dirty_.empty()) requeue();
    return true;
  }

  void requeue() {
    for (auto& entry : dirty_) entry.first = label[entry.second];
    std::sort(dirty_.begin(), dirty_.end(), [](const auto& a, const auto& b) { return b < a; });
  }

  void time(int unit) {
    const int a = problem.first[unit], b = problem.second[unit];
    if (problem.is_break(a)) return time_break(a);
    if (b < 0) return move_to(a, problem.start_from(a, ready_at(prev[a], place[a])));
    if (!is_in(b)) return;
    int one = problem.start_from(a, ready_at(prev[a], place[a]));
    int two = problem.start_from(b, ready_at(prev[b], place[b]));
    one = std::max(one, two - problem.most_gap[unit]);
    two = std::max(two, one + problem.least_gap[unit]);
    move_to(a, one);
    move_to(b, two);
  }

  // A break is taken at the next home before the visit, or, where that would be too late, at the last home.
  void time_break(int part) {
    const int before = prev[part], after = next[part];
    int where = is_part(after) ? place[after] : place[before];
    int begin = std::max(problem.open(part), ready_at(before, where));
    if (begin > problem.last_start[part]) {
      where = place[before];
      begin = std::max(problem.open(part), ready_at(before, where));
    }
    if (where != place[part]) {
      set(place[part], where);
      touch(route[part]);
      spoil(after);
    }
    move_to(part, begin);
  }

  void move_to(int part, int begin) {
    touch(route[part]);
    if (begin == start[part]) return;
    set(start[part], begin);
    spoil(next[part]);
  }

  int delay(int r) const {
    const int first = next[head(r)];
    if (problem.prices[kWaiting] == 0 || !is_part(first) || tied(first)) return 0;
    const std::int64_t late = problem.prices[kLate];
    const std::int64_t enough = late > 0 ? (problem.prices[kWaiting] + late - 1) / late : INT32_MAX;
    int waited = 0, most = INT32_MAX;
    limits_.clear();
    for (int node = first; is_part(node); node = next[node]) {
      if (node != first) waited += start[node] - ready_at(prev[node], place[node]);
      if (tied(node)) break;
      if (problem.is_break(node)) most = std::min(most, waited + std::max(0, problem.last_start[node] - start[node]));
      else limits_.push_back(waited + problem.room(node, start[node]));
    }
    most = std::min(most, waited);
    if (most <= 0) return 0;
    if (static_cast<std::int64_t>(limits_.size()) >= enough) {
      std::nth_element(limits_.begin(), limits_.begin() + (enough - 1), limits_.end());
      most = std::min(most, limits_[enough - 1]);
    }
    return most;
  }

  bool tied(int part) const { return problem.second[problem.unit[part]] >= 0; }

  void price(int r) {
    const int h = head(r), t = tail(r), carer = carer_of(r);
    RouteCost c;
    const int shift_minutes = problem.ends[r] - problem.begins[r];
    if (next[h] == t) {
      c.idle = shift_minutes;
      cost[r] = c;
      return;
    }
    const int shift = delay(r);
    std::int64_t legs = 0, work = 0, late = 0, waits = 0, dislike = 0;
    int left = shift;
    bool fixed = false;
    for (int node = next[h]; node != t; node = next[node]) {
      const int p = prev[node];
      legs += problem.leg(place[p], place[node]);
      work += problem.minutes[node];
      if (tied(node)) fixed = true;
      set_if(wait[node], start[node] - ready_at(p, place[node]));
      if (p != h) {
        const int used = std::min(left, wait[node]);
        left -= used;
        if (!(prev[p] == h && problem.is_break(p))) waits += wait[node] - used;
      }
      const int begin = start[node] + (fixed ? 0 : left);
      dislike += problem.dislike[node * problem.carers + carer];
      if (problem.is_break(node)) {
        c.breaches += begin > problem.last_start[node];
      } else {
        const int by = problem.late(node, begin);
        late += by;
        c.latest = std::max(c.latest, by);
      }
    }
    const int last = prev[t];
    const int back = problem.leg(place[last], place[t]);
    legs += back;
    const int home = start[last] + problem.minutes[last] + back;
    c.load = static_cast<std::int32_t>(legs + work);
    c.breaches += problem.longest[r] >= 0 && c.load > problem.longest[r];
    c.idle = std::max(home, problem.ends[r]) - problem.begins[r] - c.load;
    c.money = problem.prices[kTravel] * legs + problem.prices[kLate] * late + problem.prices[kWaiting] * waits +
              problem.prices[kOvertime] * std::max(0, home - problem.ends[r]) + dislike;
    cost[r] = c;
    measure_room(r, home);
  }

  void measure_room(int r, int home) {
    int room = problem.prices[kOvertime] ? std::max(0, problem.ends[r] - home) : kAges;
    for (int node = prev[tail(r)]; is_part(node); node = prev[node]) {
      room = std::min(room, problem.is_break(node) ? std::max(0, problem.last_start[node] - start[node])
                                                   : problem.room(node, start[node]));
      const int unit = problem.unit[node], a = problem.first[unit], b = problem.second[unit];
      if (b >= 0 && is_in(a) && is_in(b)) {
        const int apart = start[b] - start[a];
        room = std::min(room, node == a ? apart - problem.least_gap[unit] + free[b] : problem.most_gap[unit] - apart + free[a]);
      }
      set_if(free[node], room);
      room = std::min(room + wait[node], kAges);
    }
  }

  static constexpr int kAges = 1 << 30;

  void set_if(std::int32_t& slot, std::int32_t value) {
    if (slot != value) set(slot, value);
  }

  std::vector<std::pair<std::int32_t*, std::int32_t>> log_;
  std::vector<std::pair<int, std::int64_t>> label_log_;
  std::vector<std::pair<int, RouteCost>> route_log_;
  std::vector<std::pair<std::int64_t, int>> dirty_;
  std::vector<std::int8_t> queued_, touched_, saved_;
  std::vector<int> touched_list_, stack_, order_;
  mutable std::vector<int> limits_;
};

}  // namespace soft
