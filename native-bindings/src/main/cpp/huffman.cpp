#include "huffman.h"

#include <cstring>

namespace instar {

void HuffmanTable::take(const JHUFF_TBL& table, bool ac) {
  const bool same = taken_ && std::memcmp(source_.bits, table.bits, sizeof table.bits) == 0 &&
                    std::memcmp(source_.huffval, table.huffval, sizeof table.huffval) == 0;
  if (same) return;
  std::memcpy(&source_, &table, sizeof source_);
  uint32_t code = 0;
  int symbols = 0;
  for (int length = 1; length <= kLongestCode; length++) {
    offset_[length] = symbols - static_cast<int>(code);
    symbols += table.bits[length];
    code += table.bits[length];
    limit_[length] = code << (kLongestCode - length);
    code <<= 1;
  }
  limit_[kLongestCode + 1] = ~0u;
  build_single();
  if (ac) {
    build_several();
    include_values();
  }
  taken_ = true;
}

void HuffmanTable::build_single() {
  std::memset(single_, 0, sizeof single_);
  for (uint32_t window = 0; window < 1u << kWindow; window++) {
    const uint32_t next = window << (kLongestCode - kWindow);
    int length = 1;
    while (length <= kWindow && next >= limit_[length]) length++;
    if (length > kWindow) continue;
    const int symbol = source_.huffval[(next >> (kLongestCode - length)) + offset_[length]];
    single_[window] = entry_of({static_cast<uint8_t>(length), static_cast<uint8_t>(symbol >> 4), static_cast<uint8_t>(symbol & 15)});
  }
}

void HuffmanTable::build_several() {
  for (uint32_t window = 0; window < 1u << kSkipWindow; window++) {
    int at = 0, coefficients = 0;
    uint32_t end = 0;
    while (at < kSkipWindow && end == 0) {
      const uint32_t next = window << at & ((1u << kSkipWindow) - 1);
      const uint32_t entry = single_[next >> (kSkipWindow - kWindow)];
      const int length = entry & 63, run = entry >> 6 & 15, size = entry >> 10 & 15;
      if (length == 0 || at + length > kSkipWindow || at + length + size > huffman::kSure) break;
      at += length + size;
      if (size == 0 && run != huffman::kZeroRun) {
        end = huffman::kEnd;
      } else {
        coefficients += run + 1;
      }
    }
    several_[window] = at | coefficients << 8 | end;
  }
}

void HuffmanTable::include_values() {
  for (uint32_t window = 0; window < 1u << kWindow; window++) {
    const int length = single_[window] & 63, run = single_[window] >> 6 & 15, size = single_[window] >> 10 & 15;
    if (length == 0 || size == 0 || length + size > kWindow) continue;
    const uint32_t bits = window >> (kWindow - length - size) & ((1u << size) - 1);
    single_[window] = static_cast<uint32_t>(huffman::extended(bits, size)) << 16 | huffman::kValue |
                      entry_of({static_cast<uint8_t>(length + size), static_cast<uint8_t>(run), static_cast<uint8_t>(size)});
  }
}

bool HuffmanTable::find(BitReader& bits, Code& code) const {
  const uint32_t next = bits.peek(kLongestCode);
  int length = kWindow + 1;
  while (next >= limit_[length]) length++;
  if (length > kLongestCode) return false;
  const int symbol = source_.huffval[(next >> (kLongestCode - length)) + offset_[length]];
  code = {static_cast<uint8_t>(length), static_cast<uint8_t>(symbol >> 4), static_cast<uint8_t>(symbol & 15)};
  return true;
}

}  // namespace instar
