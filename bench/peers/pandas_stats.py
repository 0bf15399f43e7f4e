"""pandas: reads a specimen table, as the published system does for every statistic, and counts classes. Usage: pandas_stats.py TABLE"""

import sys

import pandas

RANKS = ["phylum", "class", "order", "family", "subfamily", "tribe", "genus", "species", "uri"]


def main(table):
    frame = pandas.read_csv(table, sep="\t", low_memory=False)
    for rank in RANKS:
        print(rank, frame[rank].nunique())


main(sys.argv[1])
