import type { Action } from "@/api/model";
import { PillCatalogue, type PillOffer } from "@/task/instructions/pill-catalogue";
import { fieldLabel } from "@/task/references";
import { typeWords } from "@/task/words";

/** The inputs of an action, as pills of its own request. */
export function inputPlaces(action: Action): PillOffer[] {
  return action.inputs.map((input) => ({
    written: `{${input.key}}`,
    label: fieldLabel(input),
    look: "attribute",
    about: `${typeWords[input.kind.type]}, one of the values it needs`,
    group: "What it needs",
  }));
}

/** What can stand as a pill in a request. */
export function requestPlaces(action: Action): PillCatalogue {
  const secrets = secretsIn(action).map((name): PillOffer => ({
    written: `{secret.${name}}`,
    label: name,
    look: "unknown",
    about: "A secret, entered under Settings",
    group: "Secrets",
  }));
  return new PillCatalogue([...inputPlaces(action), ...secrets]);
}

/** What can stand as a pill in the reply of an action. */
export function replyPlaces(action: Action): PillCatalogue {
  const fields = action.outputs.map((field): PillOffer => ({
    written: `{${action.result_name}.${field.key}}`,
    label: fieldLabel(field),
    look: "field",
    about: `${typeWords[field.kind.type]}, from the answer`,
    group: "What it gives",
  }));
  return new PillCatalogue([...fields, ...inputPlaces(action)]);
}

/** The names of the secrets that the request names. */
export function secretsIn(action: Action): string[] {
  const { request } = action;
  if (!request) return [];
  const written = JSON.stringify(request).matchAll(/\{secret\.([A-Za-z0-9_]+)\}/g);
  const auth = request.auth ?? { type: "none" };
  const own = auth.type === "none" ? "" : auth.type === "oauth2" ? auth.client_secret : auth.secret;
  const names = [own, ...[...written].map((found) => found[1] ?? "")];
  return [...new Set(names.filter(Boolean))];
}
