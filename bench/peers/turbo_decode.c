/* libjpeg-turbo alone: decodes photographs at a quarter of their size and drops the pixels, the limit that conversion is measured against.
   Usage: turbo_decode PHOTO...     Build: cc -O2 turbo_decode.c -ljpeg -o turbo_decode */
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

static unsigned char *read_whole(const char *path, unsigned long *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(1);
  }
  *size = (unsigned long)ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(*size);
  if (bytes == NULL || fread(bytes, 1, *size, file) != *size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return bytes;
}

int main(int count, char **paths) {
  struct jpeg_error_mgr errors;
  struct jpeg_decompress_struct jpeg;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&jpeg);
  unsigned long sum = 0;
  for (int i = 1; i < count; i++) {
    unsigned long size;
    unsigned char *bytes = read_whole(paths[i], &size);
    jpeg_mem_src(&jpeg, bytes, size);
    jpeg_read_header(&jpeg, TRUE);
    jpeg.scale_num = 1;
    jpeg.scale_denom = 4;
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    JSAMPROW row = malloc((size_t)jpeg.output_width * 3);
    while (jpeg.output_scanline < jpeg.output_height) {
      jpeg_read_scanlines(&jpeg, &row, 1);
      sum += row[0];
    }
    jpeg_finish_decompress(&jpeg);
    free(row);
    free(bytes);
  }
  jpeg_destroy_decompress(&jpeg);
  fprintf(stderr, "%lu\n", sum);
  return 0;
}
