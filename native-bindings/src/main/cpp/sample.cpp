#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "convolve.h"
#include "instar_core.h"
#include "jpeg_decode.h"
#include "sample_picture.h"
#include "sample_rows.h"
#include "scratch.h"

namespace {

using instar::Convolution;
using instar::Rectangle;
using instar::SampleRows;
using instar::Scratch;
using instar::TurnSteps;

/* Pillow's PRECISION_BITS. */
constexpr int kWeightBits = 32 - 8 - 2;

/* A stretch of `old_pixels` pixels that is resized to `new_pixels`, of which `count` are wanted. */
struct Stretch {
  double from, to;
  int old_pixels, new_pixels, first, count;

  bool operator==(const Stretch& other) const {
    return from == other.from && to == other.to && old_pixels == other.old_pixels && new_pixels == other.new_pixels &&
           first == other.first && count == other.count;
  }
};

/* Pillow's bilinear weights for one direction, as dev.instar.image.Kernel computes them; kept while the stretch stays. */
class Bilinear {
 public:
  bool prepare(const Stretch& stretch) {
    if (stretch == stretch_) return true;
    stretch_ = {};
    const double scale = (stretch.to - stretch.from) / stretch.new_pixels;
    const double support = std::max(scale, 1.0);
    const int taps = (static_cast<int>(std::ceil(support)) * 2 + 2) / 2 * 2;
    if (!records_.reserve(int64_t{taps + 2} * stretch.count) || !shares_.reserve(taps)) return false;
    int32_t* record = records_.get();
    for (int i = 0; i < stretch.count; i++, record += taps + 2) {
      weigh(stretch, stretch.from + (stretch.first + i + 0.5) * scale, support, record);
    }
    const instar::Kernel kernel = {records_.get(), taps};
    if (!convolution_.prepare(kernel, stretch.count, kernel.first(0))) return false;
    stretch_ = stretch;
    return true;
  }

  const Convolution& convolution() const { return convolution_; }
  int begin() const { return convolution_.base(); }
  int end() const { return convolution_.kernel().end(convolution_.count() - 1); }
  int end(int i) const { return convolution_.kernel().end(i); }

 private:
  void weigh(const Stretch& stretch, double centre, double support, int32_t* record) {
    const int first = std::max(0, static_cast<int>(centre - support + 0.5));
    const int count = std::min(stretch.old_pixels, static_cast<int>(centre + support + 0.5)) - first;
    double* shares = shares_.get();
    double sum = 0;
    for (int k = 0; k < count; k++) {
      const double distance = std::abs((k + first - centre + 0.5) * (1 / support));
      shares[k] = distance < 1 ? 1 - distance : 0;
      sum += shares[k];
    }
    record[0] = first;
    record[1] = count;
    for (int k = 0; k < count; k++) {
      const double share = sum != 0 ? shares[k] / sum : shares[k];
      record[2 + k] = static_cast<int32_t>(share * (1 << kWeightBits) + 0.5);
    }
  }

  Stretch stretch_ = {};
  Scratch<int32_t> records_;
  Scratch<double> shares_;
  Convolution convolution_;
};

/* One direction of a crop in a picture that is reduced by `denominator`: whole pixels that cover it, and where it lies in them. */
struct Cover {
  int first, count;
  double from, to;

  Cover(int crop, int length, int denominator) {
    const double share = 1.0 / denominator;
    first = crop / denominator;
    count = (crop + length + denominator - 1) / denominator - first;
    from = crop * share - first;
    to = std::min((crop + length) * share - first, static_cast<double>(count));
  }
};

}  // namespace

struct instar_converter final : instar::RowSink {
  instar_converter(const instar_sample_format& format, bool avx2)
      : width_(format.width), height_(format.height), stride_(int64_t{3} * format.width), avx2_(avx2), rows_(format, avx2) {}

  /* Prepares for a plan, of a picture reduced by `denominator`; false where there is no memory. */
  bool begin(const instar_plan& plan, int denominator, uint8_t* slot) {
    plan_ = &plan;
    slot_ = slot;
    made_ = 0;
    turn_ = TurnSteps::of(plan.turn);
    recolours_ = plan.brightness != 1 || plan.contrast != 1 || plan.saturation != 1 || plan.hue_shift != 0;
    staged_ = turn_.exchanges_sides() || plan.rotates || recolours_;
    resizes_ = plan.resized_width != plan.crop_width || plan.resized_height != plan.crop_height;
    const int64_t bytes = stride_ * height_;
    if (!line_.reserve(2 * stride_) || (staged_ && !(picture_.reserve(bytes) && other_.reserve(bytes)))) return false;
    if (!resizes_) {
      wanted_ = rectangle(plan.crop_x + plan.window_x, plan.crop_y + plan.window_y, width_, height_);
      return true;
    }
    const Cover across(plan.crop_x, plan.crop_width, denominator), down(plan.crop_y, plan.crop_height, denominator);
    const bool prepared =
        columns_.prepare({across.from, across.to, across.count, plan.resized_width, plan.window_x, width_}) &&
        lines_.prepare({down.from, down.to, down.count, plan.resized_height, plan.window_y, height_});
    if (!prepared) return false;
    wanted_ = rectangle(across.first + columns_.begin(), down.first + lines_.begin(), columns_.end() - columns_.begin(),
                        lines_.end() - lines_.begin());
    return narrowed_.reserve(stride_ * wanted_.height + instar::kColumnSlack);
  }

  /* The part of the picture whose rows it takes, once a plan has begun. */
  const Rectangle& wanted() const { return wanted_; }

  uint8_t* place(uint32_t) override { return nullptr; }

  void take(uint32_t y, const uint8_t* rgb) override {
    if (!resizes_) {
      made(y, rgb);
      return;
    }
    instar::convolve_columns(rgb, columns_.convolution(), narrowed_.get() + stride_ * y, avx2_);
    const int arrived = lines_.begin() + static_cast<int>(y) + 1;
    for (; made_ < height_ && lines_.end(made_) <= arrived; made_++) {
      const int first = lines_.convolution().kernel().first(made_) - lines_.begin();
      instar::convolve_rows(narrowed_.get() + stride_ * first, static_cast<int>(stride_), lines_.convolution(), made_, line_.get(),
                    avx2_);
      made(made_, line_.get());
    }
  }

  /* After the last row. */
  void end() {
    if (staged_) {
      if (turn_.exchanges_sides()) {
        instar::turn_square(turn_, width_, picture_.get(), other_.get());
        std::swap(picture_, other_);
      }
      if (plan_->rotates) {
        instar::rotate_picture(plan_->rotation, plan_->fill, width_, height_, picture_.get(), other_.get());
        std::swap(picture_, other_);
      }
      if (recolours_) instar::recolour_picture(*plan_, picture_.get(), int64_t{width_} * height_);
      for (int y = 0; y < height_; y++) rows_.store(picture_.get() + stride_ * y, y, slot_);
    }
    rows_.finish();
    if (plan_->erase_width > 0 && plan_->erase_height > 0) {
      rows_.erase(plan_->erase_x, plan_->erase_y, plan_->erase_width, plan_->erase_height, slot_);
    }
  }

 private:
  static Rectangle rectangle(int x, int y, int width, int height) {
    return {static_cast<uint32_t>(x), static_cast<uint32_t>(y), static_cast<uint32_t>(width),
            static_cast<uint32_t>(height)};
  }

  /* Row `y` of the sample before its turn. Half turns and mirrors are done here, while the row is in the cache. */
  void made(int y, const uint8_t* rgb) {
    const bool half_turn = turn_.quarters == 2;
    const bool mirrored = turn_.mirrored != half_turn && !turn_.exchanges_sides();
    const int row = half_turn ? height_ - 1 - y : y;
    uint8_t* target = staged_ ? picture_.get() + stride_ * row : line_.get() + stride_;
    if (mirrored) {
      instar::mirror_row(rgb, width_, target, avx2_);
    } else if (staged_) {
      std::memcpy(target, rgb, stride_);
    }
    if (!staged_) rows_.store(mirrored ? target : rgb, row, slot_);
  }

  const int width_, height_;
  const int64_t stride_;
  const bool avx2_;
  const SampleRows rows_;
  Bilinear columns_, lines_;
  /* Rows of the sample's width and the picture's height; a resized row and a mirrored one; the sample before and after a step. */
  Scratch<uint8_t> narrowed_, line_, picture_, other_;

  const instar_plan* plan_ = nullptr;
  uint8_t* slot_ = nullptr;
  Rectangle wanted_ = {};
  TurnSteps turn_ = {};
  bool resizes_ = false, staged_ = false, recolours_ = false;
  int made_ = 0;
};

instar_converter* instar_converter_new(const instar_sample_format* format, int simd) {
  return new (std::nothrow) instar_converter(*format, simd >= INSTAR_AVX2 && instar_simd() >= INSTAR_AVX2);
}

void instar_converter_free(instar_converter* converter) { delete converter; }

int instar_sample_jpeg(instar_converter* converter, const uint8_t* jpeg, int64_t jpeg_bytes, const instar_plan* plan,
                       uint8_t* slot, char* message, int message_bytes) {
  if (!converter->begin(*plan, plan->denominator, slot)) {
    std::snprintf(message, message_bytes, "no memory to resize it");
    return INSTAR_NO_MEMORY;
  }
  const instar::JpegRequest request = {jpeg,
                                       jpeg_bytes,
                                       plan->denominator,
                                       static_cast<uint32_t>(plan->width),
                                       static_cast<uint32_t>(plan->height),
                                       converter->wanted(),
                                       nullptr};
  const int status = instar::decode_jpeg(request, *converter, message, message_bytes);
  if (status == INSTAR_OK) converter->end();
  return status;
}

int instar_sample_pixels(instar_converter* converter, const uint8_t* pixels, const instar_plan* plan, uint8_t* slot) {
  if (!converter->begin(*plan, 1, slot)) return INSTAR_NO_MEMORY;
  const Rectangle& wanted = converter->wanted();
  for (uint32_t y = 0; y < wanted.height; y++) {
    const int64_t pixel = (int64_t{wanted.y} + y) * plan->width + wanted.x;
    converter->take(y, pixels + 3 * pixel);
  }
  converter->end();
  return INSTAR_OK;
}
