package dev.instar.synth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How an insect of some group is built. Lengths are fractions of the body's length.
 *
 * @param head radius of the head
 * @param thoraxLength its length
 * @param thoraxWidth its width
 * @param abdomenLength its length
 * @param abdomenWidth its greatest width
 * @param waist width of the joint between the two as a fraction of the abdomen's
 * @param segments of the abdomen
 * @param antenna its form
 * @param antennaLength its length
 * @param legLength length of a leg
 * @param legWidth width of a thigh
 * @param wing its form
 * @param wingPairs 1 or 2
 * @param wingLength its length
 * @param wingWidth its width
 * @param wingOpacity 0 clear to 1 opaque
 * @param tail its form
 * @param tailLength its length
 * @param bristles 0 bald to 1 hairy
 * @param smallest least body length as a fraction of the photograph's height
 * @param largest greatest
 * @param colours RGB of thorax, abdomen, legs, eyes, wings
 */
record BodyPlan(
    double head,
    double thoraxLength,
    double thoraxWidth,
    double abdomenLength,
    double abdomenWidth,
    double waist,
    int segments,
    Antenna antenna,
    double antennaLength,
    double legLength,
    double legWidth,
    Wing wing,
    int wingPairs,
    double wingLength,
    double wingWidth,
    double wingOpacity,
    Tail tail,
    double tailLength,
    double bristles,
    double smallest,
    double largest,
    int[] colours) {

  enum Antenna {
    THREAD,
    BEADS,
    PLUME,
    CLUB,
    ELBOW,
    ARISTA
  }

  enum Wing {
    NONE,
    /** Clear, spread or folded back. */
    CLEAR,
    /** Hard covers over the abdomen. */
    SHELL,
    /** Folded over the body like a roof. */
    ROOF,
    /** Narrow, with long hairs around. */
    FRINGE
  }

  enum Tail {
    NONE,
    TWO,
    THREE,
    FORCEPS,
    STING
  }

  // head  thorax: L W  abdomen: L W waist segments  antenna, L  leg: L W  wing, pairs, L W opacity
  // tail, L  bristles  size  colours
  private static final String PLANS =
      """
      gnat       .075 .24 .21  .58 .14 .7 8  BEADS  .38  1.00 .022  CLEAR 1 .90 .30 .20  NONE 0    .3  .16 .30  7a5a3a b08a5c a88a62 201815 b8a890
      midge      .075 .26 .23  .62 .13 .8 8  PLUME  .36  1.05 .022  CLEAR 1 .72 .20 .18  NONE 0    .2  .18 .34  8a7a4c a8a86a b0a070 181414 c8c8c0
      fungusgnat .075 .22 .20  .60 .15 .6 7  THREAD .40  1.00 .026  CLEAR 1 .85 .30 .32  NONE 0    .4  .18 .34  2c221e 3e322a 6e5a42 0c0a0a 8c8680
      mosquito   .080 .26 .22  .58 .12 .7 8  PLUME  .40  1.25 .022  CLEAR 1 .80 .17 .24  NONE 0    .4  .26 .44  5e4a36 4a3c30 56463a 141010 a89a84
      humpback   .110 .36 .32  .46 .26 .8 6  ARISTA .10  .72 .040   CLEAR 1 .85 .30 .22  NONE 0    .7  .18 .34  7e5634 4e3626 a87c4c 181010 c0b090
      fly        .135 .34 .33  .46 .32 .8 5  ARISTA .10  .70 .034   CLEAR 1 .88 .33 .18  NONE 0    1   .28 .58  2a2624 34302e 28221e 6e2018 a0968a
      slimfly    .115 .30 .24  .52 .20 .8 6  ARISTA .10  .95 .026   CLEAR 1 .85 .27 .18  NONE 0    .8  .20 .40  3c4a40 46463a 6e5c40 5a2018 b0a898
      hoverfly   .135 .32 .30  .52 .28 .9 5  ARISTA .10  .62 .028   CLEAR 1 .95 .28 .16  NONE 0    .3  .32 .54  2e2c24 c08a2c a87a34 701c14 b0a490
      mothfly    .100 .28 .30  .56 .24 .9 7  BEADS  .50  .70 .026   ROOF  1 .95 .48 .72  NONE 0    1   .18 .32  8a7c6c 786a5c 8c7c68 181412 a49684
      cranefly   .070 .22 .17  .66 .10 .7 8  THREAD .26  1.60 .018  CLEAR 1 .95 .22 .20  NONE 0    .1  .30 .52  8e6e48 96764e 8a6c4a 1c1412 b8a888
      wasp       .115 .30 .23  .42 .22 .2 6  ELBOW  .46  .78 .030   CLEAR 2 .80 .27 .14  STING .08 .2  .16 .36  201a18 2e201a a86a30 1a1010 b0a898
      longwasp   .100 .26 .20  .52 .16 .2 7  THREAD .95  .90 .028   CLEAR 2 .82 .25 .14  STING .35 .2  .24 .46  3a1e14 a04e1e b06a2c 181010 b0a08c
      fairywasp  .120 .28 .22  .40 .22 .6 6  CLUB   .60  .80 .024   FRINGE 2 .85 .14 .18 STING .10 .1  .12 .20  9a7440 b08a4c b89660 401810 b8ac94
      ant        .130 .30 .17  .38 .23 .1 5  ELBOW  .52  .85 .028   NONE  0 0   0   0    NONE 0    .4  .20 .42  6a2e18 3a1e16 7a3c20 100c0c 000000
      beetle     .090 .22 .34  .62 .42 1. 6  CLUB   .26  .42 .040   SHELL 1 .64 .22 .98  NONE 0    .1  .18 .42  40241a 40241a 5a3420 0c0808 4e2c1c
      ladybird   .090 .20 .44  .62 .60 1. 5  CLUB   .14  .30 .040   SHELL 1 .66 .31 .98  NONE 0    0   .20 .36  1a1412 241814 2a1e18 080606 b0301a
      weevil     .080 .26 .30  .58 .38 1. 6  ELBOW  .28  .44 .040   SHELL 1 .60 .20 .98  NONE 0    .2  .20 .38  3a2c20 3a2c20 50382a 0a0808 5a4632
      rove       .085 .20 .19  .68 .18 1. 8  BEADS  .28  .36 .032   SHELL 1 .18 .10 .98  TWO  .06  .4  .22 .44  4a2a18 2c1c16 8a5a30 0c0808 6a3c20
      leafhopper .120 .22 .30  .64 .26 1. 7  ARISTA .16  .55 .034   ROOF  1 .86 .30 .80  NONE 0    .1  .26 .50  9ca050 b0a860 a8a468 58201a b8b878
      planthop   .130 .24 .34  .60 .32 1. 7  ARISTA .10  .52 .036   ROOF  1 .84 .36 .86  NONE 0    .1  .28 .46  7a5c3c 8a6a48 80623e 40201a 8c7454
      plantbug   .090 .24 .34  .64 .36 1. 7  THREAD .65  .75 .028   ROOF  1 .72 .34 .75  NONE 0    .2  .26 .46  6e5230 7c6a34 9a7c48 301410 8c7040
      aphid      .085 .22 .24  .62 .42 .9 7  THREAD .80  .80 .022   CLEAR 2 1.1 .32 .10  TWO  .12  0   .18 .34  5a5030 98a04c 7c7048 401010 c8c4b4
      whitefly   .110 .26 .26  .52 .24 .9 6  BEADS  .30  .60 .026   ROOF  1 .90 .36 .92  NONE 0    0   .14 .22  d0c098 d8c89c cabb90 602020 e8e6de
      moth       .095 .22 .24  .62 .20 1. 7  THREAD .72  .62 .030   ROOF  1 1.0 .30 .95  NONE 0    .6  .30 .56  a08458 a88c60 a88c64 181210 b09468
      barklouse  .120 .24 .25  .58 .28 .9 7  THREAD .95  .62 .024   ROOF  2 1.1 .32 .30  NONE 0    .1  .24 .42  b09a68 c4b07c b8a478 141010 d0c49c
      thrips     .075 .24 .17  .66 .19 1. 9  BEADS  .22  .30 .028   FRINGE 2 .60 .07 .25 STING .05 .3  .14 .26  5a4028 4c3622 8a6a40 100c0a a89470
      caddis     .090 .22 .22  .60 .20 1. 7  THREAD 1.1  .85 .026   ROOF  2 1.1 .32 .78  NONE 0    .5  .34 .56  4a3c2e 5a4a38 7c664a 0e0c0a 6a5842
      cricket    .110 .24 .24  .60 .25 1. 8  THREAD 1.2  .95 .060   ROOF  1 .66 .24 .90  TWO  .28  .2  .34 .60  6e5434 7a6040 8a6c44 1a1210 806440
      roach      .080 .30 .42  .60 .44 1. 9  THREAD 1.1  .65 .046   ROOF  1 .74 .40 .88  TWO  .10  .3  .30 .56  7a4a26 6a3e20 a06c38 0e0a08 96602e
      lacewing   .075 .24 .18  .64 .15 .9 8  THREAD .95  .55 .022   ROOF  2 1.2 .40 .22  NONE 0    .2  .34 .58  90a85a a4b468 a8b070 9a7a20 c4d0a4
      mayfly     .085 .26 .20  .62 .14 .9 10 ARISTA .10  .60 .022   CLEAR 2 .95 .38 .20  THREE 1.1 0   .30 .48  a0784c b8905c b89868 281810 c8b894
      earwig     .085 .22 .20  .64 .23 1. 9  BEADS  .55  .42 .034   SHELL 1 .20 .11 .98  FORCEPS .20 .1 .40 .64 6a3a1c 8e5226 b0884c 100c08 a06a30
      bristletail .080 .26 .25 .62 .21 1. 10 THREAD .90  .42 .030   NONE  0 0   0   0    THREE .70 .4  .34 .54  a48e6c b49c78 b09a74 141010 000000
      stonefly   .090 .26 .20  .60 .17 1. 9  THREAD .85  .68 .032   ROOF  2 .95 .28 .45  TWO  .45  .2  .36 .56  4c3c28 5a4830 6a5438 0e0c0a 8a7a5a
      webspinner .085 .26 .16  .62 .15 1. 9  BEADS  .42  .42 .038   CLEAR 2 .72 .22 .52  TWO  .08  .3  .36 .60  7a3a20 8c4a2c 96542e 0c0a0a 6a5a4a
      """;

  /** Which plan a family has; a family that is not here has its order's. */
  private static final String MEMBERS =
      """
      gnat Diptera Cecidomyiidae Ceratopogonidae Simuliidae Ditomyiidae
      midge Chironomidae
      fungusgnat Sciaridae Mycetophilidae Keroplatidae Scatopsidae Bibionidae
      mosquito Culicidae
      humpback Phoridae Sphaeroceridae Drosophilidae Chloropidae
      fly Muscidae Tachinidae Sarcophagidae Anthomyiidae Fanniidae Milichiidae Heleomyzidae Stratiomyidae
      slimfly Dolichopodidae Hybotidae Empididae Ephydridae Agromyzidae Lauxaniidae Clusiidae Sepsidae Psilidae Richardiidae
      hoverfly Syrphidae Ulidiidae Tephritidae Pipunculidae Bombyliidae
      mothfly Psychodidae
      cranefly Limoniidae
      wasp Hymenoptera Scelionidae Platygastridae Bethylidae Diapriidae Eulophidae Encyrtidae Pteromalidae Figitidae
      longwasp Braconidae Ichneumonidae
      fairywasp Mymaridae Trichogrammatidae Aphelinidae
      ant Formicidae
      beetle Coleoptera Chrysomelidae Throscidae Mordellidae Elateridae
      ladybird Coccinellidae
      weevil Curculionidae
      rove Staphylinidae
      leafhopper Hemiptera Cicadellidae
      planthop Issidae Tropiduchidae Acanaloniidae
      plantbug Miridae Rhyparochromidae
      aphid Aphididae
      whitefly Aleyrodidae Coniopterygidae
      moth Lepidoptera
      barklouse Psocodea
      thrips Thysanoptera
      caddis Trichoptera
      cricket Orthoptera
      roach Blattodea
      lacewing Neuroptera
      mayfly Ephemeroptera
      earwig Dermaptera
      bristletail Archaeognatha
      stonefly Plecoptera
      webspinner Embioptera
      """;

  private static final Map<String, BodyPlan> BY_GROUP = byGroup();

  /** The plan of the family, or else of the order. */
  static BodyPlan of(Lineage lineage) {
    BodyPlan family = BY_GROUP.get(lineage.family());
    return family != null ? family : BY_GROUP.get(lineage.order());
  }

  private static Map<String, BodyPlan> byGroup() {
    Map<String, BodyPlan> named = new HashMap<>();
    PLANS.lines().map(line -> line.strip().split(" +")).forEach(w -> named.put(w[0], plan(w)));
    Map<String, BodyPlan> groups = new HashMap<>();
    for (String line : MEMBERS.lines().toList()) {
      String[] words = line.split(" ");
      for (int i = 1; i < words.length; i++) {
        groups.put(words[i], named.get(words[0]));
      }
    }
    return Map.copyOf(groups);
  }

  private static BodyPlan plan(String[] w) {
    int[] colours = new int[5];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = Integer.parseInt(w[22 + i], 16);
    }
    return new BodyPlan(
        Double.parseDouble(w[1]),
        Double.parseDouble(w[2]),
        Double.parseDouble(w[3]),
        Double.parseDouble(w[4]),
        Double.parseDouble(w[5]),
        Double.parseDouble(w[6]),
        Integer.parseInt(w[7]),
        Antenna.valueOf(w[8].toUpperCase(Locale.ROOT)),
        Double.parseDouble(w[9]),
        Double.parseDouble(w[10]),
        Double.parseDouble(w[11]),
        Wing.valueOf(w[12]),
        Integer.parseInt(w[13]),
        Double.parseDouble(w[14]),
        Double.parseDouble(w[15]),
        Double.parseDouble(w[16]),
        Tail.valueOf(w[17]),
        Double.parseDouble(w[18]),
        Double.parseDouble(w[19]),
        Double.parseDouble(w[20]),
        Double.parseDouble(w[21]),
        colours);
  }
}
