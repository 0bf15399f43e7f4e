/* Huffman codes of baseline JPEG, read faster than libjpeg-turbo does, and skipped faster still. */
#ifndef INSTAR_HUFFMAN_H
#define INSTAR_HUFFMAN_H

#include <cstddef>
#include <cstdint>
#include <cstdio>

#include <jpeglib.h>

namespace instar {

namespace huffman {

inline constexpr uint32_t kValue = 1u << 15;
inline constexpr uint32_t kEnd = 1u << 16;

/* Sixteen zeros; with size 0 every other run ends the block. */
inline constexpr int kZeroRun = 15;

/* Bits that are sure to be there after a refill. */
inline constexpr int kSure = 32;

/* ITU-T T.81, figure 5: where the zigzag goes. */
inline constexpr uint8_t kNatural[DCTSIZE2] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

/* T.81, F.2.2.1, EXTEND: `size` bits stand for a value of that magnitude, negative where the first bit is 0; none stand for 0. */
inline int extended(uint32_t bits, int size) {
  const int value = static_cast<int>(bits);
  return value < (1 << size) >> 1 ? value - (1 << size) + 1 : value;
}

}  // namespace huffman

/* Bits of a scan whose stuffed zeros are gone. At least kOverrun readable bytes have to follow its data. */
class BitReader {
 public:
  /* More than the longest MCU: ten blocks of 64 values of at most 31 bits. */
  static constexpr int kOverrun = 4096;

  BitReader(const uint8_t* data, int64_t at) : data_(data) { load(at); }

  /* The position of the next bit. */
  int64_t at() const { return end_ - held_; }

  /* Makes 32 bits or more available to the functions below. */
  void refill() {
    if (held_ < 32) load(at());
  }

  /* The next `bits`, 1 to 32. */
  uint32_t peek(int bits) const { return static_cast<uint32_t>(window_ >> (64 - bits)); }

  /* The same of 0 to 32 bits. */
  uint32_t peek_any(int bits) const { return static_cast<uint32_t>(window_ >> 1 >> (63 - bits)); }

  void skip(int bits) {
    window_ <<= bits;
    held_ -= bits;
  }

 private:
  void load(int64_t at) {
    uint64_t bytes;
    __builtin_memcpy(&bytes, data_ + (at >> 3), sizeof bytes);
    const int used = static_cast<int>(at & 7);
    window_ = __builtin_bswap64(bytes) << used;
    held_ = 64 - used;
    end_ = at + held_;
  }

  const uint8_t* data_;
  uint64_t window_;
  int held_;
  /* The position after the bits that are held. */
  int64_t end_;
};

/* What one table of codes says, by the next bits of the data. */
class HuffmanTable {
 public:
  /*
   * Takes a table that libjpeg has accepted; cheap where it is the one that it has already. Of `ac` values most are found together with
   * their codes; of DC values the branch for the others costs more than that saves.
   */
  void take(const JHUFF_TBL& table, bool ac);

  /* Reads a difference of DC values. */
  bool read_dc(BitReader& bits, int& difference) const;

  /*
   * Reads the AC values of a block into their places in natural order, of which the others stay. Like the functions beside it, it
   * returns false where the data is damaged, and where libjpeg would go on nevertheless.
   */
  bool read_ac(BitReader& bits, JCOEF* block) const;

  /* Passes over the AC values of a block. */
  bool skip_ac(BitReader& bits) const;

 private:
  /* Bits that are looked up at once: most codes are shorter. */
  static constexpr int kWindow = 11;
  static constexpr int kSkipWindow = 12;
  static constexpr int kLongestCode = 16;

  /* A code, as an entry of `single_`: how long it is, and the symbol's halves. */
  struct Code {
    uint8_t length, run, size;
  };

  static uint32_t entry_of(const Code& code) { return code.length | code.run << 6 | code.size << 10; }

  bool find(BitReader& bits, Code& code) const;
  void build_single();
  void build_several();
  void include_values();

  bool taken_ = false;
  JHUFF_TBL source_;
  /* By length: the first code, aligned to the left in 16 bits, that is too large; and where the symbols of the length begin. */
  uint32_t limit_[kLongestCode + 2];
  int offset_[kLongestCode + 2];
  /* Length in 6 bits (0: the code is longer than the window), run in 4, size in 4; huffman::kValue, and then the value in the upper half. */
  uint32_t single_[1 << kWindow];
  /* Bits of several symbols in 8, their coefficients in 8, huffman::kEnd where the last one ends the block; 0: look at one. */
  uint32_t several_[1 << kSkipWindow];
};

inline bool HuffmanTable::read_dc(BitReader& bits, int& difference) const {
  bits.refill();
  const uint32_t entry = single_[bits.peek(kWindow)];
  Code code = {static_cast<uint8_t>(entry & 63), 0, static_cast<uint8_t>(entry >> 10 & 15)};
  if (code.length == 0 && !find(bits, code)) return false;
  bits.skip(code.length);
  difference = huffman::extended(bits.peek_any(code.size), code.size);
  bits.skip(code.size);
  return true;
}

inline bool HuffmanTable::read_ac(BitReader& bits, JCOEF* block) const {
  for (int k = 1; k < DCTSIZE2;) {
    bits.refill();
    uint32_t entry = single_[bits.peek(kWindow)];
    if (entry == 0) {
      Code code;
      if (!find(bits, code)) return false;
      entry = entry_of(code);
    }
    bits.skip(entry & 63);
    const int run = entry >> 6 & 15, size = entry >> 10 & 15;
    if (size == 0 && run != huffman::kZeroRun) return true;
    k += run + 1;
    if (k > DCTSIZE2) return false;
    if ((entry & huffman::kValue) != 0) {
      block[huffman::kNatural[k - 1]] = static_cast<JCOEF>(entry >> 16);
    } else if (size != 0) {
      block[huffman::kNatural[k - 1]] = static_cast<JCOEF>(huffman::extended(bits.peek(size), size));
      bits.skip(size);
    }
  }
  return true;
}

inline bool HuffmanTable::skip_ac(BitReader& bits) const {
  for (int k = 1; k < DCTSIZE2;) {
    bits.refill();
    const uint32_t entries = several_[bits.peek(kSkipWindow)];
    const int next = k + (entries >> 8 & 0xff);
    const bool ends = (entries & huffman::kEnd) != 0;
    // Past the block's last coefficient other codes begin.
    if (entries != 0 && next <= DCTSIZE2 - (ends ? 1 : 0)) {
      bits.skip(entries & 0xff);
      if (ends) return true;
      k = next;
      continue;
    }
    const uint32_t entry = single_[bits.peek(kWindow)];
    Code code = {static_cast<uint8_t>(entry & 63), static_cast<uint8_t>(entry >> 6 & 15), static_cast<uint8_t>(entry >> 10 & 15)};
    if (code.length == 0 && !find(bits, code)) return false;
    bits.skip(code.length);
    if (code.size == 0 && code.run != huffman::kZeroRun) return true;
    if ((entry & huffman::kValue) == 0) bits.skip(code.size);
    k += code.run + 1;
    if (k > DCTSIZE2) return false;
  }
  return true;
}

}  // namespace instar

#endif
