/**
 * HDF5 files: reading in Java, writing with the HDF5 C library.
 *
 * <p>Two halves, because files come from others and the C library cannot be trusted with them.
 * Release 1.14.3, the newest with JavaCPP bindings, was given 3,000 copies of a small valid file
 * with 1 to 8 bytes of its structure changed: it killed the process 90 times and once did not
 * return within two minutes. The Java reader here was given 80,000 such copies of old and new file
 * formats and answers with an exception at worst ({@code DamagedFilesTest}). It also needs no lock,
 * where the C library takes one thread at a time, and it maps the file, so a picture's bytes are
 * not copied. The jHDF library, likewise Java, withstood the same 3,000 but took 446 MB of heap for
 * a group of 300,000 links, 16 MB here; the published files have 1.13 million.
 *
 * <p>The reader follows the HDF5 File Format Specification 3.0: superblocks 0 to 3, old and new
 * groups, contiguous, compact, chunked and one-dimensional virtual datasets, deflate, shuffle and
 * Fletcher's checksum, variable-length values. What it leaves out it names in an exception: chunk
 * indexes of datasets that can still grow in the newest format, layouts older than HDF5 1.6.3,
 * shared message heaps, other filters, data in external files. Soft and external links are listed
 * but never followed.
 *
 * <p>{@link dev.instar.hdf5.Hdf5Writer} starts new files only, so the C library never sees a
 * foreign byte. It is not thread-safe itself: every call, closing included, takes one lock.
 */
package dev.instar.hdf5;
