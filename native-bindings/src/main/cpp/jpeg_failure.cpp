#include "jpeg_failure.h"

#include <cstdarg>

/* Read twice: first for the codes, below for the texts. */
#include <jerror.h>

#include "instar_core.h"

namespace instar {
namespace {

/* The texts of libjpeg's messages by code. Its own table is not linked: the archive's jerror.o is not position independent. */
const char* const kTexts[] = {
#define JCOPYRIGHT_SHORT ""
#define JVERSION ""
#define JMESSAGE(code, string) string,
#include <jerror.h>
    nullptr};

JpegFailure& failure_of(j_common_ptr codec) { return *reinterpret_cast<JpegFailure*>(codec->err); }

int status_of(int code) {
  switch (code) {
    case JERR_NO_SOI:
      return INSTAR_NOT_AN_IMAGE;
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_JPEG_EOF:
      return INSTAR_TRUNCATED;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_IMAGE_TOO_BIG:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
    case JERR_WIDTH_OVERFLOW:
      return INSTAR_UNSUPPORTED;
    case JERR_OUT_OF_MEMORY:
      return INSTAR_NO_MEMORY;
    default:
      return INSTAR_CORRUPT;
  }
}

/* Whether libjpeg has gone on with pixels that the data does not define, or not all of them. */
bool leaves_pixels_undefined(int warning) {
  switch (warning) {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
      return true;
    default:
      return false;
  }
}

void format_message(j_common_ptr codec, char* buffer) {
  const jpeg_error_mgr* error = codec->err;
  const bool known = error->msg_code > 0 && error->msg_code <= error->last_jpeg_message;
  const char* text = kTexts[known ? error->msg_code : 0];
  bool takes_string = false;
  for (const char* c = text; *c != '\0'; c++) {
    if (*c == '%' && c[1] == 's') takes_string = true;
  }
  if (takes_string) {
    std::snprintf(buffer, JMSG_LENGTH_MAX, text, error->msg_parm.s);
  } else {
    const int* i = error->msg_parm.i;
    std::snprintf(buffer, JMSG_LENGTH_MAX, text, i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7]);
  }
}

[[noreturn]] void leave(j_common_ptr codec) {
  JpegFailure& failure = failure_of(codec);
  char text[JMSG_LENGTH_MAX];
  format_message(codec, text);
  failure.status = status_of(failure.base.msg_code);
  std::snprintf(failure.message, failure.message_bytes, "%s", text);
  std::longjmp(failure.jump, 1);
}

void error_exit(j_common_ptr codec) { leave(codec); }

void emit_message(j_common_ptr codec, int level) {
  if (level < 0 && leaves_pixels_undefined(codec->err->msg_code)) leave(codec);
}

void output_message(j_common_ptr) {}

void reset(j_common_ptr codec) {
  codec->err->num_warnings = 0;
  codec->err->msg_code = 0;
}

}  // namespace

jpeg_error_mgr* jpeg_failure(JpegFailure& failure, char* message, int message_bytes) {
  failure = JpegFailure();
  failure.base.error_exit = error_exit;
  failure.base.emit_message = emit_message;
  failure.base.output_message = output_message;
  failure.base.format_message = format_message;
  failure.base.reset_error_mgr = reset;
  failure.base.jpeg_message_table = kTexts;
  failure.base.last_jpeg_message = JMSG_LASTMSGCODE - 1;
  failure.message = message;
  failure.message_bytes = message_bytes;
  return &failure.base;
}

void fail(j_common_ptr codec, int status, const char* format, ...) {
  JpegFailure& failure = failure_of(codec);
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(failure.message, failure.message_bytes, format, arguments);
  va_end(arguments);
  failure.status = status;
  std::longjmp(failure.jump, 1);
}

}  // namespace instar
