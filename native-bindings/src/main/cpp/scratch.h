/* Memory that is kept between calls and only grows. */
#ifndef INSTAR_SCRATCH_H
#define INSTAR_SCRATCH_H

#include <cstdint>
#include <memory>
#include <new>

namespace instar {

template <typename T>
class Scratch {
 public:
  /* Makes room for `count` values, whose content is undefined; false where there is no memory. */
  bool reserve(int64_t count) {
    if (count <= capacity_) return true;
    values_.reset();
    capacity_ = 0;
    values_.reset(new (std::nothrow) T[count]);
    if (!values_) return false;
    capacity_ = count;
    return true;
  }

  /* Gives memory of more than `count` values back. */
  void trim(int64_t count) {
    if (capacity_ <= count) return;
    values_.reset();
    capacity_ = 0;
  }

  T* get() const { return values_.get(); }

 private:
  std::unique_ptr<T[]> values_;
  int64_t capacity_ = 0;
};

}  // namespace instar

#endif
