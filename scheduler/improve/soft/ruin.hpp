// Taking jobs out of a plan, so that they can be put back better.
#pragma once

#include "../kernel/random.hpp"
#include "plan.hpp"

namespace soft {

class Ruin {
 public:
  Ruin(Plan& plan, rota::Random& random) : plan_(plan), problem_(plan.problem), random_(random), ruined_(problem_.routes) {}

  std::vector<std::int32_t> removed;  // jobs, in the order in which they left
  std::vector<std::int32_t> ruined;   // routes

  void begin() {
    for (int r : ruined) ruined_[r] = 0;
    removed.clear(), ruined.clear();
  }

  void take_out(int j) {
    if (!plan_.job_in(j)) return;
    for (int part = problem_.part_begin[j]; part < problem_.part_begin[j + 1]; ++part) {
      note(plan_.route[part]);
      plan_.unlink(part);
    }
    plan_.charge_left_out(j, +1);
    removed.push_back(j);
  }

  // Neighbouring pieces of several routes around one job (slack induction by string removals).
  void strings(int seed, int about, int longest) {
    const int routes = std::max(1, about / std::max(1, longest / 2));
    const int wanted = random_.between(1, std::max(1, 2 * routes - 1));
    int cut = string_with(seed, longest) ? 1 : 0;
    for (int k : problem_.neighbours[seed]) {
      if (cut >= wanted) return;
      if (plan_.job_in(k)) cut += string_with(k, longest);
    }
  }

  // Single jobs near each other.
  void nearest(int seed, int count) {
    take_out(seed);
    for (int k : problem_.neighbours[seed]) {
      if (static_cast<int>(removed.size()) >= count) return;
      if (random_.chance(600)) take_out(k);
    }
  }

  void whole_route(int r) {
    note(r);
    for (int node = plan_.next[plan_.head(r)]; plan_.is_part(node); node = plan_.next[plan_.head(r)]) take_out(problem_.job[node]);
  }

  // What two carers do after about the same moment: they may change over.
  void tails(int r, int other, int from) {
    for (int route : {r, other}) {
      note(route);
      list_.clear();
      for (int node = plan_.next[plan_.head(route)]; plan_.is_part(node); node = plan_.next[node])
        if (plan_.start[node] >= from) list_.push_back(problem_.job[node]);
      for (int j : list_) take_out(j);
    }
  }

  // Two carers change over behind `part`, at the same label; what the other may not do comes out.
  void change_over(int part, int other) {
    const int r = plan_.route[part];
    for (int route : {r, other}) {
      note(route);
      const int rest = problem_.break_of[route];
      if (rest >= 0) take_out(problem_.job[rest]);
    }
    const std::int64_t label = plan_.label[problem_.unit[part]] - (random_.chance(500) ? 1 : 0);
    drop_unfit(last_before(r, label), r, other);
    drop_unfit(last_before(other, label), other, r);
    plan_.swap_tails(last_before(r, label), last_before(other, label));
  }

  void some_breaks() {
    for (std::size_t i = 0, count = ruined.size(); i < count; ++i) {
      const int part = problem_.break_of[ruined[i]];
      if (part < 0) continue;
      if (!plan_.is_in(part)) removed.push_back(problem_.job[part]);
      else if (random_.chance(400)) take_out(problem_.job[part]);
    }
  }

 private:
  int last_before(int r, std::int64_t label) const {
    int at = plan_.head(r);
    while (plan_.is_part(plan_.next[at]) && plan_.label[problem_.unit[plan_.next[at]]] <= label) at = plan_.next[at];
    return at;
  }

  // Take out what stands behind `after` on route `r` and may not go to route `to`.
  void drop_unfit(int after, int r, int to) {
    const int carer = plan_.carer_of(to);
    list_.clear();
    for (int node = plan_.next[after]; plan_.is_part(node); node = plan_.next[node])
      if (problem_.dislike[node * problem_.carers + carer] < 0 || too_many(node, r, to)) list_.push_back(problem_.job[node]);
    for (int j : list_) take_out(j);
  }

  // Whether a job would see more carers than it may if one of its parts went from route `r` to route `to`.
  bool too_many(int part, int r, int to) const {
    const int j = problem_.job[part];
    if (problem_.most_carers[j] >= problem_.parts_of(j)) return false;
    const int carer = plan_.carer_of(to);
    int others = 0;
    for (int p = problem_.part_begin[j]; p < problem_.part_begin[j + 1]; ++p) {
      if (p == part) continue;
      const int own = plan_.carer_of(plan_.route[p]);
      // Two parts that may both change over are left to the search.
      if (plan_.route[p] == r || plan_.route[p] == to) return true;
      bool seen = own == carer;
      for (int q = problem_.part_begin[j]; q < p && !seen; ++q) seen = q != part && plan_.carer_of(plan_.route[q]) == own;
      others += !seen;
    }
    return others + 1 > problem_.most_carers[j];
  }

  void note(int r) {
    if (ruined_[r]) return;
    ruined_[r] = 1;
    ruined.push_back(r);
  }

  bool string_with(int j, int longest) {
    if (!plan_.job_in(j)) return false;
    const int part = problem_.part_begin[j] + random_.below(problem_.parts_of(j));
    const int r = plan_.route[part];
    if (ruined_[r]) return false;
    list_.clear();
    int at = 0;
    for (int node = plan_.next[plan_.head(r)]; plan_.is_part(node); node = plan_.next[node]) {
      if (node == part) at = static_cast<int>(list_.size());
      if (!problem_.is_break(node)) list_.push_back(problem_.job[node]);
    }
    const int size = static_cast<int>(list_.size());
    const int length = random_.between(1, std::min(longest, size));
    // Half the time a job or two in the middle of the string stay.
    const int kept = length > 1 && length < size && random_.chance(500) ? random_.between(1, std::min(2, size - length)) : 0;
    const int span = length + kept;
    const int from = std::clamp(at - random_.below(span), 0, size - span);
    int skip_at = kept ? from + random_.below(length) : -1;
    note(r);
    for (int i = from; i < from + span; ++i) {
      if (skip_at >= 0 && i >= skip_at && i < skip_at + kept && list_[i] != j) continue;
      take_out(list_[i]);
    }
    return true;
  }

  Plan& plan_;
  const Problem& problem_;
  rota::Random& random_;
  std::vector<std::int8_t> ruined_;
  std::vector<std::int32_t> list_;
};

}  // namespace soft
