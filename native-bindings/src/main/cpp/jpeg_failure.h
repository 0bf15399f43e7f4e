/* How libjpeg-turbo's errors leave its functions: by a jump back to the one that set it up. */
#ifndef INSTAR_JPEG_FAILURE_H
#define INSTAR_JPEG_FAILURE_H

#include <csetjmp>
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

namespace instar {

/*
 * An error manager that jumps. `base` is first, so that libjpeg's pointer to it is a pointer to the whole. Functions
 * between the setjmp and the jump hold nothing that needs a destructor: memory comes from libjpeg's own pools.
 */
struct JpegFailure {
  jpeg_error_mgr base;
  std::jmp_buf jump;
  int status;
  char* message;
  int message_bytes;
};

/* Prepares `failure` and gives the manager to put into a codec's `err`. */
jpeg_error_mgr* jpeg_failure(JpegFailure& failure, char* message, int message_bytes);

/* Leaves by a jump with a status and a sentence of our own. */
[[noreturn]] void fail(j_common_ptr codec, int status, const char* format, ...) __attribute__((format(printf, 3, 4)));

}  // namespace instar

#endif
