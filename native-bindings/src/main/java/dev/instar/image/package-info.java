/**
 * Picture headers, decoding, encoding and resampling; each fast implementation beside a plain one.
 */
package dev.instar.image;
