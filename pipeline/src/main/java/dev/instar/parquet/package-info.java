/** Parquet files of texts, numbers and pictures, written and read on the local file system. */
package dev.instar.parquet;
