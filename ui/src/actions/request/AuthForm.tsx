import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import type { Action, Authentication } from "@/api/model";
import { Field, Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import type { PillCatalogue } from "@/task/instructions/pill-catalogue";
import { secretsQuery } from "@/settings/secrets/secret-queries";
import { PlaceInput } from "./PlaceInput";
import { secretsIn } from "./places";

type Kind = Authentication["type"];

const kinds: { value: Kind; label: string; hint: string }[] = [
  { value: "none", label: "None", hint: "The service asks for nothing" },
  { value: "bearer", label: "Bearer token", hint: "Authorization: Bearer …" },
  { value: "basic", label: "User and password", hint: "Authorization: Basic …" },
  { value: "api_key_header", label: "Key in a header", hint: "For example X-Api-Key" },
  { value: "api_key_query", label: "Key in the address", hint: "For example ?api_key=…" },
  { value: "oauth2", label: "OAuth 2, client credentials", hint: "A token is fetched and renewed" },
];

/** Another way to prove who calls; the secret's name is taken over. */
export function authOf(kind: Kind, old: Authentication): Authentication {
  const secret = old.type === "none" ? "" : old.type === "oauth2" ? old.client_secret : old.secret;
  switch (kind) {
    case "none":
      return { type: "none" };
    case "bearer":
      return { type: "bearer", secret };
    case "basic":
      return { type: "basic", user: "", secret };
    case "api_key_header":
      return { type: "api_key_header", name: "X-Api-Key", secret };
    case "api_key_query":
      return { type: "api_key_query", name: "api_key", secret };
    case "oauth2":
      return {
        type: "oauth2",
        token_url: "",
        client_id: "",
        client_secret: secret,
        scope: "",
        credentials_in: "header",
      };
  }
}

/** How the caller proves who it is. Secrets are named here; what they are is entered under Settings. */
export function AuthForm({
  action,
  auth,
  places,
  onChange,
}: {
  action: Action;
  auth: Authentication;
  places: PillCatalogue;
  onChange: (auth: Authentication, apart?: boolean) => void;
}) {
  return (
    <div className="flex flex-col gap-2.5">
      <div className="grid grid-cols-2 gap-3 narrow:grid-cols-1">
        <Field label="Authentication">
          {(ids) => (
            <Select
              {...ids}
              value={auth.type}
              choices={kinds}
              onChange={(kind) => onChange(authOf(kind, auth), true)}
            />
          )}
        </Field>
        {auth.type === "bearer" ? (
          <SecretInput
            label="Token"
            name={auth.secret}
            onChange={(secret) => onChange({ ...auth, secret })}
          />
        ) : null}
        {auth.type === "basic" ? (
          <>
            <div className="flex flex-col gap-1">
              <span aria-hidden className="text-12 font-medium text-muted">
                User
              </span>
              <PlaceInput
                label="User"
                value={auth.user}
                places={places}
                onChange={(user) => onChange({ ...auth, user })}
              />
            </div>
            <SecretInput
              label="Password"
              name={auth.secret}
              onChange={(secret) => onChange({ ...auth, secret })}
            />
          </>
        ) : null}
        {auth.type === "api_key_header" || auth.type === "api_key_query" ? (
          <>
            <Field label={auth.type === "api_key_header" ? "Header" : "Name in the address"}>
              {(ids) => (
                <Input
                  {...ids}
                  spellCheck={false}
                  value={auth.name}
                  onChange={(event) => onChange({ ...auth, name: event.target.value })}
                  className="font-mono text-12!"
                />
              )}
            </Field>
            <SecretInput
              label="Key"
              name={auth.secret}
              onChange={(secret) => onChange({ ...auth, secret })}
            />
          </>
        ) : null}
        {auth.type === "oauth2" ? <OAuth auth={auth} onChange={onChange} /> : null}
      </div>
      <MissingSecrets action={action} />
    </div>
  );
}

function OAuth({
  auth,
  onChange,
}: {
  auth: Extract<Authentication, { type: "oauth2" }>;
  onChange: (auth: Authentication, apart?: boolean) => void;
}) {
  const optional: ReadonlySet<string> = new Set(["scope", "audience"]);
  const text = (
    label: string,
    key: "token_url" | "client_id" | "scope" | "audience",
    hint: string,
  ) => (
    <Field label={label} optional={optional.has(key)}>
      {(ids) => (
        <Input
          {...ids}
          spellCheck={false}
          value={auth[key] ?? ""}
          placeholder={hint}
          onChange={(event) => onChange({ ...auth, [key]: event.target.value })}
          className="font-mono text-12!"
        />
      )}
    </Field>
  );
  return (
    <>
      {text("Where tokens are given out", "token_url", "/oauth/token")}
      {text("Client id", "client_id", "")}
      <SecretInput
        label="Client secret"
        name={auth.client_secret}
        onChange={(client_secret) => onChange({ ...auth, client_secret })}
      />
      {text("Scope", "scope", "orders:read orders:write")}
      {text("Audience", "audience", "https://api.example.com")}
      <Field label="Client and secret are sent">
        {(ids) => (
          <Select
            {...ids}
            value={auth.credentials_in}
            choices={[
              { value: "header", label: "In the header" },
              { value: "body", label: "In the form" },
            ]}
            onChange={(credentials_in) => onChange({ ...auth, credentials_in }, true)}
          />
        )}
      </Field>
    </>
  );
}

/** The name of a secret: letters, digits and `_`, so that nobody pastes the secret itself. */
export function SecretInput({
  label,
  name,
  onChange,
}: {
  label: string;
  name: string;
  onChange: (name: string) => void;
}) {
  const { data } = useQuery(secretsQuery);
  const known = [...new Set((data?.rows ?? []).map((row) => row.name))];
  const list = `secrets-${label.replaceAll(" ", "-")}`;
  return (
    <Field label={`${label}: name of the secret`}>
      {(ids) => (
        <>
          <Input
            {...ids}
            spellCheck={false}
            autoComplete="off"
            list={list}
            value={name}
            placeholder="SHOP_TOKEN"
            onChange={(event) =>
              onChange(event.target.value.replaceAll(/[^A-Za-z0-9_]/g, "").slice(0, 64))
            }
            className="font-mono text-12!"
          />
          <datalist id={list}>
            {known.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** Secrets that the action names and nobody has entered yet. */
function MissingSecrets({ action }: { action: Action }) {
  const { data } = useQuery(secretsQuery);
  if (!data) return null;
  const set = new Set(
    data.rows.filter((row) => row.state.type !== "not_set").map((row) => row.name.toLowerCase()),
  );
  const missing = secretsIn(action).filter((name) => !set.has(name.toLowerCase()));
  if (missing.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-amber-surface px-3 py-2 text-12">
      <KeyRound size={14} className="shrink-0 text-amber" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="font-mono">{missing.join(", ")}</span>{" "}
        {missing.length === 1 ? "has no value yet" : "have no values yet"} on this computer.
      </span>
      <Link
        to="/settings/$page"
        params={{ page: "secrets" }}
        className="font-medium text-accent-text hover:underline"
      >
        Enter {missing.length === 1 ? "it" : "them"} under Settings
      </Link>
    </p>
  );
}
