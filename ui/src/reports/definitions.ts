/** How each figure is counted, in the words that stand one click away from it. */
export const definitions = {
  conversations:
    "Conversations of customers that began in these days. Previews and tests are left out unless you set Channel to show them.",
  involved:
    "Conversations in which the assistant replied to the customer in words it worked out itself. A greeting or other fixed message of the workflow alone does not count.",
  resolution:
    "Involved conversations that stand as solved, out of all involved ones. Confirmed: the customer said so, pressed a button that says so, or rated 4 or 5. Assumed: an answer was given and the customer left without a word. A silent exit is never counted as confirmed.",
  states:
    "Every involved conversation has one state, its latest. Confirmed solved: the customer said so. Assumed solved: answered, then silence. Passed to a person: a person was asked for or took over. Left unhappy: the customer was not satisfied and left. Not answered: none of these.",
  handed_off: "Conversations that people took over. Each counts once for each of its reasons.",
  time: "From the customer's first message to the answer that counts as the solution, in conversations that still stand as solved. Half of them took no longer than the median. Conversations without a solution have no such time and are left out.",
  rating: "Each conversation counts with the customer's last rating. Who did not rate is left out.",
  runs: "Each time a task was started. A conversation may have several. Unfinished: still under way, or the customer left in the middle.",
  blocks:
    "Runs that came to a block, and those for which it was the last one although the task was not done.",
  actions:
    "Calls that were made. Found nothing is an answer, not a failure. Held back by your rule was never sent.",
  over_time:
    "A conversation counts on the day it began, with all that came of it until now. So the last days can still change.",
  task_used:
    "A conversation that used two tasks counts for each of them, so the rows add up to more than all conversations.",
  kept: "Figures reach back as far as conversations are kept. Erased conversations are not counted.",
} as const;

export type Definition = keyof typeof definitions;
