"""The tables, in Markdown."""

from figures import mean


def rates(rows):
    lines = [
        "| One core, whole process | images/s | min..max | images/s of CPU time | peak MB | instar is x times as fast | by CPU time |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        lines.append(
            f"| {row.label} | {row.rate:.1f} | {row.slowest:.1f}..{row.fastest:.1f} | {row.cpu_rate:.1f}"
            f" | {row.peak_mb:.0f} | {row.times:.2f} | {row.cpu_times:.2f} |"
        )
    return "\n".join(lines)


def targets(targets):
    lines = ["| Figure | measured | target | reached |", "|---|--:|--:|---|"]
    for target in targets:
        sign = ">=" if target.at_least else "<="
        reached = "yes" if target.reached else "no"
        lines.append(f"| {target.label} | {target.value:{target.form}} | {sign} {target.bound:,} | {reached} |")
    return "\n".join(lines)


def quality(rows):
    keys = ["psnr", "psnr_exact", "loss", "ssim", "ssim_rgb", "ssim_exact"]
    means = {"photo": "mean", **{key: mean(rows, key) for key in keys}}
    lines = [
        "| Photograph | PSNR, dB | exact area's PSNR, dB | lost, dB | SSIM | SSIM RGB | exact area's SSIM |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in [*rows, means]:
        decibels = " | ".join(f"{row[key]:.2f}" for key in keys[:2])
        similarity = " | ".join(f"{row[key]:.4f}" for key in keys[3:])
        lines.append(f"| {row['photo']} | {decibels} | {row['loss']:.3f} | {similarity} |")
    return "\n".join(lines)
