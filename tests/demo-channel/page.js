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
/** A lamp that is not lit again goes out: whoever typed has stopped. */
const lampLasts = 6_000;
let lamp;

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
    toTheEnd();
  },
  typing() {
    clearTimeout(lamp);
    lamp = setTimeout(stopTyping, lampLasts);
    if (chat.querySelector(".typing")) return;
    const item = bubble("theirs typing");
    item.append(...Array.from({ length: 3 }, () => document.createElement("span")));
    item.setAttribute("aria-label", "The assistant is typing");
    item.setAttribute("role", "img");
  },
  quick_reply_options({ quick_reply_options }) {
    offer("Choose one, or write", quick_reply_options.map(quickReply));
  },
  attribute_collector({ attributes }) {
    offer("Your details", [collector(attributes)]);
  },
  resolution_state_updated(event) {
    document.body.dataset.resolution = event.state;
    state.textContent = states[event.state];
  },
  user_became_idle() {
    document.body.dataset.idle = "yes";
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
    offer("", []);
    document.body.dataset.finished = "yes";
    if (document.body.dataset.resolution !== "routed_to_team") state.textContent = "Done";
  },
};

/** What was said last is in sight, whatever stands below it. */
const toTheEnd = () => {
  chat.scrollTop = chat.scrollHeight;
};
new ResizeObserver(toTheEnd).observe(chat);

function bubble(kind) {
  const item = document.createElement("div");
  item.className = kind;
  chat.append(item);
  toTheEnd();
  return item;
}

function stopTyping() {
  clearTimeout(lamp);
  chat.querySelectorAll(".typing").forEach((item) => item.remove());
}

/** What can be pressed or filled in instead of writing. */
function offer(label, controls) {
  offers.replaceChildren(...controls);
  if (controls.length > 0) {
    offers.setAttribute("role", "group");
    offers.setAttribute("aria-label", label);
  } else {
    offers.removeAttribute("role");
    offers.removeAttribute("aria-label");
  }
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
    offer("", []);
    void mine(text, "press", { option: id });
    text.focus();
  });
  return button;
}

/** One form for all that is asked for; each field is an event of its own, in order. */
function collector(attributes) {
  const form = document.createElement("form");
  form.className = "collector";
  const fields = attributes.map((attribute) => {
    const name = document.createElement("label");
    name.textContent = attribute.label;
    name.htmlFor = `field-${attribute.id}`;
    const field = control(attribute.type, attribute.options);
    field.id = name.htmlFor;
    field.required = true;
    form.append(name, field);
    return { attribute, field };
  });
  const send = document.createElement("button");
  send.className = "first";
  send.textContent = "Send the form";
  form.append(send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.remove();
    text.focus();
    void filled(fields);
  });
  return form;
}

async function filled(fields) {
  for (const { attribute, field } of fields) {
    const { value } = field;
    const shown = field.selectedOptions?.[0]?.textContent ?? value;
    await mine(`${attribute.label}: ${shown}`, "collect", { id: attribute.id, value });
  }
}

function control(type, options) {
  if (type === "list" || type === "boolean") {
    const select = document.createElement("select");
    const choices = (options ?? ["yes", "no"]).map((option) => new Option(option, option));
    select.append(new Option("Choose…", ""), ...choices);
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
  delete document.body.dataset.finished;
  delete document.body.dataset.idle;
  offer("", []);
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
