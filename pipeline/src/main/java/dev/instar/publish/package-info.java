/**
 * Collections in the forms that others load: Hugging Face's Parquet, WebDataset's tar shards, a
 * folder a class, and Croissant's description of any of them.
 */
package dev.instar.publish;
