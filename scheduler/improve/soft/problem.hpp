// What is to be planned: the arrays that Python filled, and look-ups derived from them once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

// In the order of `FlexibleArrays` in encode.py. Times are whole units of the problem's own clock;
// a route is a carer on a day, with the number carer * days + day; -1 stands for "none".
struct FlexibleArrays {
  std::int32_t places, carers, days, parts, units, jobs;
  const std::int32_t *travel;                                    // place x place
  const std::int32_t *from, *to, *begins, *ends, *longest;       // route
  const std::int32_t *job, *unit, *place, *minutes, *last_start; // part; a break has no place of its own
  const std::int32_t *window_begin, *window_open, *window_close; // part; window; window
  const std::int32_t *dislike;                                   // part x carer, -1 where unable
  const std::int32_t *first, *second, *least_gap, *most_gap;     // unit
  const std::int32_t *part_begin, *most_carers, *choice_begin, *choice_at, *choice_day; // job
  const std::int64_t *left_out;                                  // job
  const std::int64_t *prices;                                    // in the order of `Price`
};

namespace soft {

enum Price { kTravel, kLate, kLatest, kWaiting, kOvertime, kIdle };
constexpr int kNone = -1;
constexpr std::int64_t kBreach = std::int64_t{1} << 44;  // dearer than anything with a price

class Problem : public FlexibleArrays {
 public:
  explicit Problem(const FlexibleArrays& arrays) : FlexibleArrays(arrays), routes(carers * days) {
    into_.resize(static_cast<std::size_t>(places) * places);
    for (int a = 0; a < places; ++a)
      for (int b = 0; b < places; ++b) into_[static_cast<std::size_t>(b) * places + a] = travel[static_cast<std::size_t>(a) * places + b];
    able.resize(parts);
    for (int p = 0; p < parts; ++p)
      for (int c = 0; c < carers; ++c)
        if (dislike[p * carers + c] >= 0) able[p].push_back(c);
    break_of.assign(routes, kNone);
    for (int p = 0; p < parts; ++p)
      if (place[p] < 0) break_of[able[p].front() * days + choice_day[choice_at[job[p]]]] = p;
    find_neighbours();
  }

  int leg(int a, int b) const { return travel[static_cast<std::size_t>(a) * places + b]; }
  const std::int32_t* out_of(int a) const { return travel + static_cast<std::size_t>(a) * places; }
  const std::int32_t* into(int b) const { return into_.data() + static_cast<std::size_t>(b) * places; }
  int parts_of(int j) const { return part_begin[j + 1] - part_begin[j]; }
  bool is_break(int part) const { return place[part] < 0; }
  // All parts on one day by whoever suits: placed part by part. Everything else is placed by pattern.
  bool is_simple(int j) const {
    if (choice_begin[j + 1] - choice_begin[j] > 1 || most_carers[j] < parts_of(j)) return false;
    const std::int32_t* day = choice_day + choice_at[j];
    return std::all_of(day, day + parts_of(j), [&](int other) { return other == day[0]; });
  }

  // Lateness of a start: after the end of the last window that has opened by then.
  int late(int part, int start) const {
    int w = window_begin[part + 1] - 1;
    while (w > window_begin[part] && window_open[w] > start) --w;
    return std::max(0, start - window_close[w]);
  }
  int room(int part, int start) const {
    int w = window_begin[part + 1] - 1;
    while (w > window_begin[part] && window_open[w] > start) --w;
    return std::max(0, window_close[w] - start);
  }
  int open(int part) const { return window_open[window_begin[part]]; }
  // The earliest sensible start for somebody who could begin at `ready`: in the window that is open,
  // or the next one where waiting for it is cheaper than being late.
  int start_from(int part, int ready) const {
    const int last = window_begin[part + 1];
    int start = std::max(ready, window_open[window_begin[part]]);
    for (int w = window_begin[part]; w + 1 < last; ++w) {
      if (start <= window_close[w]) return start;
      if (start < window_open[w + 1] &&
          prices[kWaiting] * (window_open[w + 1] - start) < prices[kLate] * (start - window_close[w]))
        start = window_open[w + 1];
    }
    return start;
  }

  const int routes;
  std::vector<std::vector<std::int32_t>> able;        // part: carers
  std::vector<std::vector<std::int32_t>> neighbours;  // job: jobs near in place and time, nearest first
  std::vector<std::int32_t> break_of;                 // route: its break's part

 private:
  void find_neighbours() {
    constexpr std::size_t kMost = 60;
    neighbours.resize(jobs);
    std::vector<std::pair<std::int64_t, std::int32_t>> near;
    for (int j = 0; j < jobs; ++j) {
      near.clear();
      const int p = part_begin[j];
      if (is_break(p)) continue;
      for (int k = 0; k < jobs; ++k) {
        const int q = part_begin[k];
        if (k == j || is_break(q)) continue;
        const int apart = std::min(leg(place[p], place[q]), leg(place[q], place[p]));
        const int gap = std::max({0, open(q) - window_close[window_begin[p + 1] - 1],
                                  open(p) - window_close[window_begin[q + 1] - 1]});
        near.emplace_back(apart + gap / 2, k);
      }
      std::sort(near.begin(), near.end());
      if (near.size() > kMost) near.resize(kMost);
      for (const auto& [distance, k] : near) neighbours[j].push_back(k);
    }
  }

  std::vector<std::int32_t> into_;
};

}  // namespace soft
