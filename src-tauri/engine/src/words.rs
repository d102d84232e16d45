//! The standard words of a conversation, in one place.

pub(crate) const CANNOT_HELP: &str = "I'm not sure I understand what you need. Could you tell me in a few words?";
pub(crate) const CANNOT_HELP_AGAIN: &str =
    "I'm sorry, that's not something I can do here. Would you like to talk to a person?";
pub(crate) const WHICH: &str = "Which of these do you mean?";
pub(crate) const DO_YOU_MEAN: &str = "Do you mean this:";
pub(crate) const GREETING: &str = "Hi! What can I do for you?";
pub(crate) const WELCOME: &str = "You're welcome!";
pub(crate) const GOODBYE: &str = "Goodbye!";
pub(crate) const STOPPED: &str = "All right, I've stopped. Nothing more will happen. What else can I do for you?";
pub(crate) const STOPPED_AFTER_CHANGE: &str =
    "All right, I've stopped here. What was already done stays as it is. Would you like to talk to a person?";
pub(crate) const DECLINED: &str = "All right, I won't do that. What else can I do for you?";
pub(crate) const FAILED: &str = "I'm sorry, something went wrong on our side.";
pub(crate) const UNRESOLVED: &str =
    "I'm sorry, I couldn't make sure that this went through. A colleague will check it, so that nothing happens twice.";
pub(crate) const NOT_FOUND: &str = "I couldn't find anything for that.";
pub(crate) const NOT_ABLE: &str = "I'm sorry, I'm not able to do that for you here.";
pub(crate) const NOT_UNDERSTOOD: &str = "I'm sorry, I didn't get that.";
pub(crate) const STUCK: &str = "I'm sorry, I can't go on by myself from here.";
pub(crate) const PERSON: &str = "Would you like to talk to a person?";
pub(crate) const PERSON_YES: &str = "Yes, a person please";
pub(crate) const PERSON_NO: &str = "No, go on";
pub(crate) const YES: &str = "Yes";
pub(crate) const NO: &str = "No";
pub(crate) const HAND_OFF: &str = "I'm passing you to a colleague, who will take it from here.";
pub(crate) const HAND_OFF_CLOSED: &str =
    "I'm passing this to a colleague. Nobody is there at the moment; you'll hear from us as soon as we're back.";
pub(crate) const TAKE_YOUR_TIME: &str = "Take your time.";
pub(crate) const CANNOT_ANSWER: &str = "I can't answer that here, but let's finish this first.";
pub(crate) const STILL_WAITING: &str = "I'm still waiting to hear back. I'll go on as soon as I know more.";
pub(crate) const ONE_MOMENT: &str = "One moment, I'm still working on it.";
pub(crate) const ALREADY_DONE: &str =
    "That part is already done, so I can't change it from here. Would you like to talk to a person?";
pub(crate) const CONFIRM: &str = "Shall I go ahead?";
pub(crate) const YES_OR_NO: &str = "Just to be sure: yes or no?";
pub(crate) const RATING: &str = "How would you rate this conversation, from 1 to 5?";
pub(crate) const ANYTHING_ELSE: &str = "Is there anything else I can do for you?";
pub(crate) const SORRY_TO_HEAR: &str = "I'm sorry about that.";
pub(crate) const NEEDED: &str = "I need this to go on.";
pub(crate) const ONE_TO_CHOOSE: &str = "I found this one:";
pub(crate) const IS_IT_THAT: &str = "Is it that?";
pub(crate) const NO_PICTURE: &str = "I need a picture there, for example a .jpg or .png file.";
pub(crate) const FILE_KEPT: &str = "Thank you, I've kept the file with our conversation.";
pub(crate) const NEXT_ITEM: &str = "Now the next one:";
pub(crate) const SOMETHING_ELSE: &str = "Something else";
pub(crate) const ENGLISH_ONLY: &str = "I'm sorry, I only speak English.";
pub(crate) const CAN_HELP_WITH: &str = "I can help with:";
pub(crate) const THAT_FIRST: &str = "All right, let's do that first.";
pub(crate) const BACK_AGAIN: &str = "Now back to what we were doing before.";
pub(crate) const ALSO_ASKED: &str = "You also asked about something else:";
pub(crate) const GO_ON_WITH_THAT: &str = "Shall we go on with that?";
pub(crate) const YES_PLEASE: &str = "Yes, please";
pub(crate) const NO_THANKS: &str = "No, thanks";
pub(crate) const GO_ON: &str = "All right, let's go on.";
pub(crate) const WHAT_ELSE: &str = "All right. What can I do for you?";
pub(crate) const LEFT: &str =
    "Goodbye! I've stopped here; nothing more will happen. Just write again when you need me.";
pub(crate) const LEFT_AFTER_CHANGE: &str = "Goodbye! I've stopped here. What was already done stays as it is.";
pub(crate) const STOPPED_THAT: &str = "All right, I've stopped that.";
pub(crate) const SAY_YES_OR_NO: &str = "I need a plain yes or no here.";
pub(crate) const NOT_YOURS_TO_CHANGE: &str = "That comes from our own records, so I can't change it here.";
pub(crate) const STILL_WAITING_LONG: &str =
    "I'm still waiting to hear back. If you'd rather talk to a person, just say so.";
pub(crate) const DID_THAT_HELP: &str = "Did that help?";
pub(crate) const THAT_HELPED: &str = "That helped";
pub(crate) const TALK_TO_A_PERSON: &str = "Talk to a person";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const GLAD: &str = "Glad I could help!";
pub(crate) const ALL_RIGHT: &str = "All right.";
pub(crate) const DID_NOT_HELP: &str = "I'm sorry about that. Would you like to talk to a person?";
pub(crate) const TELL_ME_MORE: &str = "All right. Please tell me in other words what you need.";
pub(crate) const SOURCE: &str = "Source:";
pub(crate) const NO_ANSWER: &str = "I'm sorry, I couldn't find an answer to that. Would you like to talk to a person?";
pub(crate) const DOES_NOT_FIT: &str = "That doesn't fit.";
