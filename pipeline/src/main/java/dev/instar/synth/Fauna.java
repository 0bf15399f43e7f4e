package dev.instar.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The orders and families that occur, how often each does, and the invented kinds within them.
 * Immutable.
 */
final class Fauna {
  /**
   * Specimens in BIOSCAN-1M by order, and by family for Diptera (its README, figure 2); the
   * families of other orders are weighed by about what an early sample of its metadata holds.
   * {@code *} stands for the rest, which is not classified.
   */
  private static final String COUNTS =
      """
      Diptera 896324 Cecidomyiidae 259104 Chironomidae 150456 Phoridae 135991 Sciaridae 92276 \
      Ceratopogonidae 79389 Psychodidae 46189 Dolichopodidae 35590 Sphaeroceridae 17717 \
      Drosophilidae 12047 Hybotidae 9595 Mycetophilidae 6363 Muscidae 5974 Limoniidae 5307 \
      Chloropidae 5164 Scatopsidae 3764 Milichiidae 3496 Ephydridae 2756 Agromyzidae 2557 \
      Tachinidae 2286 Empididae 2267 Anthomyiidae 2144 Heleomyzidae 1141 Lauxaniidae 1138 \
      Sarcophagidae 941 Ulidiidae 833 Tephritidae 805 Stratiomyidae 726 Clusiidae 665 \
      Pipunculidae 634 Sepsidae 521 Syrphidae 518 Bombyliidae 465 Fanniidae 402 Keroplatidae 380 \
      Ditomyiidae 369 Bibionidae 315 Richardiidae 276 Culicidae 270 Simuliidae 270 Psilidae 237 * 4986
      Hymenoptera 89311 Scelionidae 403 Formicidae 295 Braconidae 253 Platygastridae 245 Mymaridae 138 \
      Bethylidae 137 Ichneumonidae 136 Diapriidae 129 Eulophidae 108 Trichogrammatidae 78 \
      Aphelinidae 75 Figitidae 61 Encyrtidae 41 Pteromalidae 37 * 42
      Coleoptera 47328 Chrysomelidae 281 Staphylinidae 183 Coccinellidae 118 Curculionidae 111 \
      Throscidae 83 Mordellidae 56 Ptilodactylidae 41 Aderidae 35 Elateridae 31 * 16
      Hemiptera 46970 Cicadellidae 296 Aleyrodidae 143 Issidae 85 Miridae 61 Aphididae 39 \
      Tropiduchidae 33 Acanaloniidae 29 Rhyparochromidae 26 * 57
      Lepidoptera 32538 Tineidae 168 Gelechiidae 146 Cosmopterigidae 61 Pyralidae 52 Autostichidae 47 \
      Gracillariidae 42 Blastobasidae 25 * 51
      Psocodea 9635 Lepidopsocidae 151 Caeciliusidae 62 * 4
      Thysanoptera 2088 Phlaeothripidae 60 Thripidae 26
      Trichoptera 1296 Hydroptilidae 5 Hydropsychidae 4 Leptoceridae 2
      Orthoptera 1057 Gryllidae 5 Trigonidiidae 3 Acrididae 2
      Blattodea 824 Ectobiidae 35 Blattidae 2
      Neuroptera 676 Coniopterygidae 5 Hemerobiidae 3 Chrysopidae 3
      Ephemeroptera 96 Baetidae 3 Caenidae 2
      Dermaptera 66 Forficulidae 3 Spongiphoridae 1
      Archaeognatha 63 Machilidae 1 Meinertellidae 1
      Plecoptera 30 Perlidae 1 Nemouridae 1
      Embioptera 6 Teratembiidae 1
      """;

  private final List<Branch> branches;

  /** An order with its families, or a family; {@code count} weighs it against its siblings. */
  record Branch(String name, double count, List<Branch> families) {}

  Fauna() {
    List<Branch> read = new ArrayList<>();
    for (String line : COUNTS.lines().toList()) {
      String[] words = line.split(" ");
      List<Branch> families = new ArrayList<>();
      for (int i = 2; i < words.length; i += 2) {
        families.add(new Branch(words[i], Double.parseDouble(words[i + 1]), List.of()));
      }
      read.add(new Branch(words[0], Double.parseDouble(words[1]), List.copyOf(families)));
    }
    branches = List.copyOf(read);
  }

  /** The orders, the most frequent first. */
  List<String> orders() {
    return branches.stream().map(Branch::name).toList();
  }

  /** The orders with their families, the most frequent first. */
  List<Branch> branches() {
    return branches;
  }

  /** A random specimen's place. */
  Lineage draw(SynthPlan.Mix mix, Dice dice) {
    Branch order =
        mix == SynthPlan.Mix.EVEN
            ? branches.get(dice.below(branches.size()))
            : weighed(branches, dice);
    Branch family = weighed(order.families(), dice);
    int familyNumber = order.families().indexOf(family);
    // Few kinds are common and most are rare: squaring a uniform number piles them up at the start.
    int kinds = (int) Math.max(3, Math.min(900, Math.sqrt(family.count()) * 2));
    double rank = dice.unit();
    int kind = (int) (kinds * rank * rank);
    String uri =
        String.format(
            Locale.ROOT,
            "BOLD:Z%c%c%04d",
            'A' + branches.indexOf(order),
            'A' + familyNumber % 26,
            familyNumber / 26 * 5000 + kind);
    boolean classified = !family.name().equals("*");
    String stem =
        classified ? family.name().substring(0, family.name().length() - 4) : order.name();
    String genus =
        stem
            + InventedNames.GENUS_ENDINGS[
                kind / InventedNames.EPITHETS.length % InventedNames.GENUS_ENDINGS.length];
    String series =
        kind < InventedNames.EPITHETS.length * InventedNames.GENUS_ENDINGS.length
            ? ""
            : "-" + (kind / 192 + 1);
    return new Lineage(
        order.name(),
        classified ? family.name() : Lineage.NOT_CLASSIFIED,
        familyNumber,
        kind,
        uri,
        genus,
        genus + " " + InventedNames.EPITHETS[kind % InventedNames.EPITHETS.length] + series);
  }

  private static Branch weighed(List<Branch> branches, Dice dice) {
    double sum = branches.stream().mapToDouble(Branch::count).sum();
    double rest = dice.unit() * sum;
    for (Branch branch : branches) {
      rest -= branch.count();
      if (rest < 0) {
        return branch;
      }
    }
    return branches.get(branches.size() - 1);
  }
}
