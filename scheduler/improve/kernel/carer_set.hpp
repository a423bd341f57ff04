// Sets of carers as bits: who may come, whom a client knows, who is about.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace rota {

using Word = std::uint64_t;
constexpr int kWordBits = 64;

// Rows of sets over the same carers, in one block of memory.
class CarerSets {
 public:
  CarerSets() = default;
  CarerSets(int rows, int carers)
      : words_((carers + kWordBits - 1) / kWordBits), bits_(static_cast<std::size_t>(rows) * words_) {}

  int words() const { return words_; }
  Word* row(int index) { return bits_.data() + static_cast<std::size_t>(index) * words_; }
  const Word* row(int index) const { return bits_.data() + static_cast<std::size_t>(index) * words_; }

 private:
  int words_ = 0;
  std::vector<Word> bits_;
};

inline void add_carer(Word* set, int carer) { set[carer / kWordBits] |= Word{1} << (carer % kWordBits); }

// Call `look` for each carer in the set that has words of `word(i)`, in their order.
template <typename WordAt, typename Look>
void for_each_carer(int words, const WordAt& word, const Look& look) {
  for (int i = 0; i < words; ++i)
    for (Word left = word(i); left; left &= left - 1) look(i * kWordBits + std::countr_zero(left));
}

}  // namespace rota
