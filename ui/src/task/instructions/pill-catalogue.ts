/** What a pill stands for, or that nothing of that name exists. */
export type PillLook = "attribute" | "field" | "action" | "unknown";

export interface PillMeaning {
  look: PillLook;
  label: string;
  /** Said on hover: what it is and where it comes from. */
  about: string;
}

export interface PillOffer extends PillMeaning {
  /** As stored: `{order_number}` or `@get_order`. */
  written: string;
  group: string;
}

/** Knows every name that can stand in a text. It is replaced when the task or the actions change. */
export class PillCatalogue {
  private readonly byText: Map<string, PillOffer>;
  readonly offers: readonly PillOffer[];

  constructor(offers: readonly PillOffer[]) {
    this.offers = offers;
    this.byText = new Map(offers.map((offer) => [offer.written, offer]));
  }

  meaning(written: string): PillMeaning {
    const known = this.byText.get(written);
    if (known) return known;
    const bare = written.replace(/^[{@]|\}$/g, "");
    return {
      look: "unknown",
      label: bare.replaceAll(/[_.]/g, " "),
      about: written.startsWith("@")
        ? "There is no action of this name yet."
        : "There is no attribute of this name yet.",
    };
  }

  /** Offers that fit what was typed after `@`, best first. */
  find(query: string, kind: "any" | "value" = "any"): PillOffer[] {
    const sought = query.toLowerCase().replaceAll(/[_.]/g, " ").trim();
    return this.offers
      .filter((offer) => kind === "any" || offer.look !== "action")
      .map((offer) => ({ offer, score: score(offer, sought) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, 40)
      .map(({ offer }) => offer);
  }
}

function score(offer: PillOffer, sought: string): number {
  if (!sought) return 1;
  const label = offer.label.toLowerCase();
  const key = offer.written
    .toLowerCase()
    .replaceAll(/[{}@_.]/g, " ")
    .trim();
  if (label.startsWith(sought) || key.startsWith(sought)) return 3;
  if (label.includes(sought) || key.includes(sought)) return 2;
  return sought.split(" ").every((word) => label.includes(word) || key.includes(word)) ? 1 : 0;
}
