// Where in the week a round still pays: what rounds that began there gained of late.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "problem.hpp"
#include "random.hpp"

namespace rota {

// The week in parts of days. Some are crowded and gain for long, as weekend mornings do where few can
// work; others are soon as good as they get. Each worker touches the parts of its own days only.
class Worth {
 public:
  static constexpr int kBands = 4, kParts = kDays * kBands;

  static int part_of(const Problem& problem, int visit) { return problem.target[visit] * kBands / kDay; }

  void tried(int part, Points gain) { rounds_[part] += 1, gains_[part] += static_cast<double>(gain); }

  // Points a round in this part gained of late; zero where they were lost.
  double of(int part) const { return rounds_[part] > 0 ? std::max(0.0, gains_[part] / rounds_[part]) : 0; }

  // What was long ago counts less and less.
  void age(int part) { rounds_[part] *= kMemory, gains_[part] *= kMemory; }

 private:
  static constexpr double kMemory = 0.97;
  std::array<double, kParts> rounds_{}, gains_{};
};

// Draws visits of a territory: half of them from where it pays, half from everywhere.
class SeedDraw {
 public:
  SeedDraw(const Problem& problem, const std::vector<std::int32_t>& visits, Worth& worth) {
    for (int v : visits) parts_[Worth::part_of(problem, v)].push_back(v);
    double sum = 0;
    for (int part = 0; part < Worth::kParts; ++part) {
      if (parts_[part].empty()) continue;
      worth.age(part);
      sum += worth.of(part);
    }
    int until = 0;
    for (int part = 0; part < Worth::kParts; ++part) {
      if (!parts_[part].empty()) {
        double share = static_cast<double>(parts_[part].size()) / static_cast<double>(visits.size());
        if (sum > 0) share = (share + worth.of(part) / sum) / 2;
        until += static_cast<int>(share * kWhole);
      }
      until_[part] = until;
    }
  }

  int draw(Random& random) const {
    const int drawn = random.below(until_.back());
    const auto part = std::upper_bound(until_.begin(), until_.end(), drawn) - until_.begin();
    const std::vector<std::int32_t>& visits = parts_[part];
    return visits[random.below(static_cast<int>(visits.size()))];
  }

 private:
  static constexpr int kWhole = 1 << 20;
  std::array<std::vector<std::int32_t>, Worth::kParts> parts_;
  std::array<int, Worth::kParts> until_{};
};

}  // namespace rota
