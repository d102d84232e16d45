//! First messages nobody looked at beforehand: each starts the task it is about, and what is about none starts none.

use taskwright_commands::{Rehearsal, Stage};
use taskwright_domain::{Customer, EventKind, Settings};
use taskwright_tests::workspace;

use crate::chat::NOW;

const REFUND: [&str; 40] = [
    "Good morning, I would like to get my money back for order 4512",
    "hi there i want a refund pls",
    "Hello! My order arrived broken. Can I get a refund?",
    "Hey, I'd like to cancel order 4900 before it ships",
    "Good evening, could you please refund my last order?",
    "hi, sorry to bother you, but I need my money back",
    "Dear team, I ordered the wrong lamp and want to cancel the order",
    "hello, the chair I bought is not what I wanted. i want my money back",
    "Hi, I need help. I want my money back for order 4512, it came in pieces",
    "hey I would like a partial refund, one of the mugs was chipped",
    "Please refund order 4512.",
    "hi can you cancel my order? I don't need it any more",
    "Good afternoon, I am not happy with my purchase and want a refund",
    "i want to cancel what i ordered yesterday",
    "Hello, is it possible to get a refund for the rug?",
    "I'd like to return my order and get a refund, thanks",
    "can i have my money back please",
    "hi! cancel my order please, I found it cheaper elsewhere",
    "The desk came without legs, so I want a refund.",
    "My daughter ordered this by accident, please cancel the order",
    "Hope you're well! I'd like a refund for one of the items I bought",
    "we were charged but never wanted it, please refund us",
    "I want to get refunded for order number 4512",
    "hello i need a refnud for my order",
    "pls cancle my order",
    "Hi. Refund please.",
    "Hi, my name is Maya and I want a full refund for order 4512",
    "I'm writing because the lamp broke after one day, I want my money back",
    "Could I get part of my money back? One bulb is missing",
    "I no longer want order 4900, cancel it please",
    "quick question, how do I get a refund for my order?",
    "hey, order 4512, refund, thx",
    "I bought a lamp last week and I'd like to get my money back because it flickers",
    "please cancel order 4900 and give me back my money",
    "Hello, I would like to request a refund. Order 4512. Thank you very much!",
    "I changed my mind about order 4900, please cancel",
    "hi, can you help me? I need to cancel an order",
    "refund for order 4512 pls, the box was empty",
    "you sent me the wrong thing, refund my order",
    "Thanks for the quick delivery, but I want a refund, the colour is wrong",
];

const DETAILS: [&str; 30] = [
    "Good morning, I moved and need to change my address",
    "hi i have a new address, can you update it?",
    "Hello, I got married and my last name is different now",
    "Hey there! Could you correct the spelling of my name?",
    "Dear team, please change the address on my account to 3 Mill Lane",
    "we have moved to another city, please update our address",
    "My name on the account is wrong",
    "hi, my surname changed, can you update my account?",
    "I'd like to update my personal details please",
    "hello, sorry to bother you. I need to change my address.",
    "please update my adress, i moved last month",
    "I have a new home, so my address has to be changed",
    "Hi! There's a typo in my name in your records",
    "can you change my name please? I got divorced",
    "good evening. my address is out of date, please correct it",
    "I moved house yesterday and want to tell you my new address",
    "Hi, I need help with my account: the name is spelled wrong",
    "Please change my name and address, I married and moved",
    "hello, how can i change my address?",
    "I want my name corrected in your system",
    "update my address pls",
    "My address changed, thanks",
    "Hi team, new address for my account. Thanks in advance!",
    "hey, could u update my details",
    "Our family moved, so please change our address in the account",
    "The address you have for me is an old one, I have moved",
    "I'm Maya, I married last week and I have a new name",
    "Good afternoon, please correct my address in your records, thank you",
    "my name is misspelled on my account",
    "I need to change the name on my account because of my wedding",
];

const TROUBLE: [&str; 30] = [
    "Good morning, the app crashes whenever I open it",
    "hi, your website doesn't load",
    "Hello! I keep getting an error message in the app",
    "hey the app is broken",
    "Hi, I need help. The app shows error E-104 all the time",
    "your app doesnt work on my phone",
    "Good evening, nothing happens when I press the pay button",
    "Sorry to bother you, but uploading photos does not work",
    "the app keeps crahsing",
    "Hello, the website shows an error and I can't do anything",
    "I open the app and it closes right away, it crashes",
    "it crashes every time I upload a photo",
    "Dear team, your app is broken since the last update",
    "hi there, website not loading for me",
    "My app keeps crashing and I'm using an iPhone",
    "The page does not load, I only see an error",
    "can you help? the app shows an error when i start it",
    "the app freezes and then crashes",
    "Hi! I press the button and nothing happens, thanks",
    "I get error E-207 since this morning, please help",
    "app broken, pls fix",
    "The app worked yesterday. Today it crashes all the time.",
    "Your app is broken, it closes all the time. I'm using a computer.",
    "I can't use the app, there's always an error message",
    "hello, there is an error in the app when I upload pictures",
    "Hey, quick question: why does the app keep crashing?",
    "The website is broken on my computer",
    "hi my session is S-20418 and the app crashes",
    "I've tried everything but the app does not work",
    "Good afternoon, error message when I open the website, thank you",
];

/// Small talk, other matters, and what the tasks say they are not for.
const NONE: [&str; 30] = [
    "hello",
    "good morning, how are you?",
    "thanks!",
    "Where is my order?",
    "How long does delivery take?",
    "I forgot my password",
    "do you sell garden chairs?",
    "what are your opening hours?",
    "I want to change my e-mail address",
    "How do I delete my account?",
    "hi, where is my order? it should have been here yesterday",
    "Please send my parcel to another address",
    "My payment did not go through",
    "what a lovely day",
    "who are you?",
    "can I pay with a credit card?",
    "I'd like to buy a lamp",
    "Do you ship to Norway?",
    "is the reading lamp in stock?",
    "tell me a joke",
    "I have a question about your shop",
    "good evening, do you have a shop in Cork?",
    "how much is the standing desk?",
    "when will my parcel arrive?",
    "what is the weather like",
    "I forgot my password and can't sign in",
    "how long does the delivery of order 4512 take?",
    "can I order by phone?",
    "you have nice lamps",
    "I want to leave a review",
];

/// The task a first message starts; none where it starts none.
async fn started(stage: &Stage, text: &str) -> Option<String> {
    let mut chat = Rehearsal::on(stage, None, Customer::default(), NOW, None)
        .await
        .unwrap();
    chat.say(text).await.unwrap();
    chat.log().into_iter().find_map(|event| match event.kind {
        EventKind::TaskStarted { title, .. } => Some(title),
        _ => None,
    })
}

#[tokio::test]
async fn first_messages_start_the_task_they_are_about() {
    let stage = Stage::of(&workspace().unwrap(), Settings::default());
    let groups: [(Option<&str>, &[&str]); 4] = [
        (Some("Refund or cancel an order"), &REFUND),
        (Some("Change personal details"), &DETAILS),
        (Some("Technical troubleshooting"), &TROUBLE),
        (None, &NONE),
    ];
    let (mut all, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (wanted, texts) in groups {
        for text in texts {
            all += 1;
            let found = started(&stage, text).await;
            match (&found, wanted) {
                (None, Some(_)) => missed.push(text),
                (found, wanted) if found.as_deref() != wanted => wrong.push(format!("{text:?} started {found:?}")),
                _ => {}
            }
        }
    }
    eprintln!(
        "{all} first messages: {} started nothing: {missed:#?}\n{} started another task: {wrong:#?}",
        missed.len(),
        wrong.len()
    );
    assert!(
        wrong.len() * 50 <= all,
        "at most 1 in 50 starts what it is not about: {wrong:#?}"
    );
    assert!(
        missed.len() * 20 <= all,
        "19 in 20 start what they are about; these did not: {missed:#?}"
    );
}
