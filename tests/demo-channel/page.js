// The customer's side of the shop: bubbles, typing, quick replies, fields, idle, and people who took over.
const conversation =
  new URLSearchParams(location.search).get("conversation") ?? crypto.randomUUID();
const [chat, offers, notes, state, composer, text] = [
  "chat",
  "offers",
  "notes",
  "state",
  "composer",
  "text",
].map((id) => document.getElementById(id));

const fieldTypes = {
  integer: "number",
  decimal: "number",
  date: "date",
  datetime: "datetime-local",
};
const states = {
  soft_resolution: "Answered",
  hard_resolution: "Solved",
  routed_to_team: "A person takes over",
  abandoned_negative_feedback: "Left unhappy",
};

/** Shows what happened, by its type. */
const shown = {
  new_message({ html }) {
    stopTyping();
    // The assistant sends HTML that is safe to show.
    bubble("theirs").innerHTML = html;
  },
  typing() {
    stopTyping();
    bubble("theirs typing").textContent = "…";
  },
  quick_reply_options({ quick_reply_options }) {
    offers.replaceChildren(...quick_reply_options.map(quickReply));
  },
  attribute_collector({ attributes }) {
    offers.replaceChildren(...attributes.map(collector));
  },
  resolution_state_updated(event) {
    document.body.dataset.resolution = event.state;
    state.textContent = states[event.state];
  },
  user_became_idle() {
    state.textContent = "Are you still there?";
  },
  new_note(event) {
    notes.append(line(event.text));
  },
  conversation_tags_updated({ tags_added, tags_removed }) {
    if (tags_added.length > 0) notes.append(line(`Tagged ${tags_added.join(", ")}`));
    if (tags_removed.length > 0) notes.append(line(`No longer tagged ${tags_removed.join(", ")}`));
  },
  workflow_finished() {
    stopTyping();
    offers.replaceChildren();
    document.body.dataset.finished = "yes";
    if (document.body.dataset.resolution !== "routed_to_team") state.textContent = "Done";
  },
};

function bubble(kind) {
  const item = document.createElement("div");
  item.className = kind;
  chat.append(item);
  item.scrollIntoView({ block: "end" });
  return item;
}

function stopTyping() {
  chat.querySelectorAll(".typing").forEach((item) => item.remove());
}

function line(words) {
  const item = document.createElement("li");
  item.textContent = words;
  return item;
}

function quickReply({ id, text }) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", () => {
    offers.replaceChildren();
    void mine(text, "press", { option: id });
  });
  return button;
}

function collector({ id, type, label, options }) {
  const form = document.createElement("form");
  const name = document.createElement("label");
  name.textContent = label;
  name.htmlFor = `field-${id}`;
  const field = control(type, options);
  field.id = `field-${id}`;
  field.required = true;
  const send = document.createElement("button");
  send.textContent = "Give it";
  form.append(name, field, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.remove();
    void mine(`${label}: ${field.value}`, "collect", { id, value: field.value });
  });
  return form;
}

function control(type, options) {
  if (type === "list" || type === "boolean") {
    const select = document.createElement("select");
    select.append(...(options ?? ["yes", "no"]).map((option) => new Option(option, option)));
    return select;
  }
  const input = document.createElement("input");
  input.type = fieldTypes[type] ?? "text";
  if (type === "decimal") input.step = "any";
  return input;
}

/** Shows what the customer did, and sends it. */
async function mine(words, call, more) {
  const item = bubble("mine");
  item.textContent = words;
  const sent = await send(call, more);
  if (!sent) item.classList.add("failed");
}

async function send(call, more) {
  const body = JSON.stringify({ conversation, ...more });
  const response = await fetch(`/${call}`, { method: "POST", body });
  if (!response.ok) state.textContent = "That did not go through. Try again.";
  return response.ok;
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = text.value.trim();
  if (body === "") return;
  text.value = "";
  state.textContent = "";
  offers.replaceChildren();
  void mine(body, "say", { body });
});

const source = new EventSource(`/follow?conversation=${encodeURIComponent(conversation)}`);
source.addEventListener("message", ({ data }) => {
  const event = JSON.parse(data);
  shown[event.event_type](event);
});
source.addEventListener("open", () => {
  if (document.body.dataset.begun) return;
  document.body.dataset.begun = "yes";
  void send("begin", { event: `${conversation}-begins` });
});
