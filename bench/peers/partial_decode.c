/* libjpeg-turbo alone, the limit that loading is measured against: decodes JPEG files of a folder, again and again, and drops the pixels.
   With a crop, only a random window of that side: columns outside it are not transformed, rows above it skipped, and nothing is read below it.
   Prints what was measured after the warm-up as JSON. Usage: partial_decode FOLDER SAMPLES CROP, where CROP 0 is the whole.
   Build: cc -O2 partial_decode.c -ljpeg -o partial_decode */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jpeglib.h>

enum { MOST = 100000, ROWS = 16 };

struct file {
  unsigned char *bytes;
  unsigned long size;
};

static struct file files[MOST];
static unsigned char *pixels;

static void fail(const char *path) {
  perror(path);
  exit(1);
}

static struct file read_whole(const char *path) {
  FILE *stream = fopen(path, "rb");
  if (stream == NULL || fseek(stream, 0, SEEK_END) != 0) fail(path);
  struct file file = {NULL, (unsigned long)ftell(stream)};
  rewind(stream);
  file.bytes = malloc(file.size);
  if (file.bytes == NULL || fread(file.bytes, 1, file.size, stream) != file.size) fail(path);
  fclose(stream);
  return file;
}

static int read_folder(const char *folder) {
  DIR *entries = opendir(folder);
  if (entries == NULL) fail(folder);
  int count = 0;
  for (struct dirent *entry; count < MOST && (entry = readdir(entries)) != NULL;) {
    char path[4096];
    const char *end = strrchr(entry->d_name, '.');
    if (end == NULL || strcmp(end, ".jpg") != 0) continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    files[count++] = read_whole(path);
  }
  closedir(entries);
  return count;
}

static JDIMENSION at_random(JDIMENSION most) { return (JDIMENSION)((double)rand() / ((double)RAND_MAX + 1) * (most + 1)); }

/* Decodes a window of `crop` x `crop` at a random place, or everything. jpeg_crop_scanline widens the window to whole blocks, and one more
   to the left makes the first wanted column right, since chroma is interpolated. */
static unsigned long decode(struct jpeg_decompress_struct *jpeg, struct file file, JDIMENSION crop) {
  jpeg_mem_src(jpeg, file.bytes, file.size);
  jpeg_read_header(jpeg, TRUE);
  jpeg->out_color_space = JCS_RGB;
  jpeg_start_decompress(jpeg);
  JDIMENSION top = 0;
  JDIMENSION bottom = jpeg->output_height;
  if (crop > 0) {
    JDIMENSION left = at_random(jpeg->output_width - crop);
    JDIMENSION width = crop;
    top = at_random(jpeg->output_height - crop);
    bottom = top + crop;
    const JDIMENSION block = (JDIMENSION)(jpeg->max_h_samp_factor * DCTSIZE);
    const JDIMENSION end = left + width + block < jpeg->output_width ? left + width + block : jpeg->output_width;
    left = left > block ? left - block : 0;
    width = end - left;
    jpeg_crop_scanline(jpeg, &left, &width);
    if (top > 0) jpeg_skip_scanlines(jpeg, top);
  }
  JSAMPROW rows[ROWS];
  for (int i = 0; i < ROWS; i++) rows[i] = pixels + (size_t)i * jpeg->output_width * 3;
  unsigned long sum = 0;
  while (jpeg->output_scanline < bottom) {
    const JDIMENSION left = bottom - jpeg->output_scanline;
    jpeg_read_scanlines(jpeg, rows, left < ROWS ? left : ROWS);
    sum += rows[0][0];
  }
  jpeg_abort_decompress(jpeg);
  return sum;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(int count, char **arguments) {
  if (count != 4) {
    fprintf(stderr, "Usage: partial_decode FOLDER SAMPLES CROP\n");
    return 2;
  }
  const int found = read_folder(arguments[1]);
  const long samples = atol(arguments[2]);
  const JDIMENSION crop = (JDIMENSION)atoi(arguments[3]);
  if (found == 0 || samples < 1) {
    fprintf(stderr, "no .jpg files in %s, or no samples wanted\n", arguments[1]);
    return 1;
  }
  struct jpeg_error_mgr errors;
  struct jpeg_decompress_struct jpeg;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&jpeg);
  pixels = malloc((size_t)ROWS * 65536 * 3);
  if (pixels == NULL) fail("pixels");
  unsigned long sum = 0;
  for (int i = 0; i < found; i++) sum += decode(&jpeg, files[i], crop);
  const double begin = now();
  for (long i = 0; i < samples; i++) sum += decode(&jpeg, files[i % found], crop);
  const double seconds = now() - begin;
  jpeg_destroy_decompress(&jpeg);
  printf("{\"samples\": %ld, \"seconds\": %.6f, \"warm_up\": %d, \"sum\": %lu}\n", samples, seconds, found, sum);
  return 0;
}
